import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";

/**
 * Carries a JSON merge patch out. A strategic merge patch of an Ingress does the same, for its lists are atomic: but
 * for finalizers ({@link applyStrategicPatch}) and ownerReferences, and for directives (`$patch` …), which
 * {@link hasDirective} finds.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7386
 */
export function applyMergePatch(document: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  const merged = new Map<string, Json>(isJsonObject(document) ? Object.entries(document) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, applyMergePatch(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

/**
 * Carries a strategic merge patch of an Ingress out: as a JSON merge patch, but that finalizers are merged, with the
 * directives that kubectl writes for them.
 *
 * @see https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
 */
export function applyStrategicPatch(document: Json, patch: JsonObject): Json {
  const merged = applyMergePatch(document, patch);
  const [before, sent] = [metadataOf(document), metadataOf(patch)];
  if (!isJsonObject(merged) || sent.finalizers === null) return merged;
  const removed = listOf(sent[REMOVED]);
  const kept = listOf(before.finalizers).filter((each) => !removed.includes(each));
  const added = listOf(sent.finalizers).filter((each) => !kept.includes(each));
  const entries = Object.entries({ ...metadataOf(merged), finalizers: [...kept, ...added] });
  const metadata = entries.filter(([name]) => name !== REMOVED && name !== ORDER);
  return { ...merged, metadata: Object.fromEntries(metadata) };
}

const REMOVED = "$deleteFromPrimitiveList/finalizers";
const ORDER = "$setElementOrder/finalizers";

function metadataOf(object: Json): JsonObject {
  return isJsonObject(object) && isJsonObject(object.metadata) ? object.metadata : {};
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** True where the patch, outside its lists, holds a directive of a strategic merge patch. */
export function hasDirective(patch: JsonObject): boolean {
  return Object.entries(patch).some(
    ([key, value]) => key.startsWith("$") || (isJsonObject(value) && hasDirective(value)),
  );
}
