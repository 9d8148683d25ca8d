import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";

/**
 * Carries a JSON merge patch out. A strategic merge patch of an Ingress does the same, for its lists are atomic: but
 * for finalizers and ownerReferences, and for directives (`$patch` …), which {@link hasDirective} finds.
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

/** True where the patch, outside its lists, holds a directive of a strategic merge patch. */
export function hasDirective(patch: JsonObject): boolean {
  return Object.entries(patch).some(
    ([key, value]) => key.startsWith("$") || (isJsonObject(value) && hasDirective(value)),
  );
}
