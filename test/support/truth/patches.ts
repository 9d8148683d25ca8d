import { isJsonObject, type Json, type JsonObject, sameJson } from "../../../src/model/json.ts";

/**
 * The strategic merge patch that leads from one object to another, as kubectl makes it: lists of an Ingress are replaced
 * whole, but for its finalizers, which are merged.
 */
export function strategicPatch(before: JsonObject, after: JsonObject): JsonObject {
  const patch = mergePatch(before, after);
  const [old, next] = [finalizersOf(before), finalizersOf(after)];
  if (old.length === 0 || next.length === 0 || sameJson(old, next)) return patch;
  const removed = old.filter((each) => !next.includes(each));
  const added = next.filter((each) => !old.includes(each));
  const { finalizers: _, ...metadata } = isJsonObject(patch.metadata) ? patch.metadata : {};
  return {
    ...patch,
    metadata: {
      ...metadata,
      "$setElementOrder/finalizers": next,
      ...(removed.length === 0 ? {} : { "$deleteFromPrimitiveList/finalizers": removed }),
      ...(added.length === 0 ? {} : { finalizers: added }),
    },
  };
}

function finalizersOf({ metadata }: JsonObject): readonly Json[] {
  const finalizers = isJsonObject(metadata) ? metadata.finalizers : undefined;
  return Array.isArray(finalizers) ? finalizers : [];
}

/** The JSON merge patch that leads from one object to another. */
export function mergePatch(before: JsonObject, after: JsonObject): JsonObject {
  const entries: [string, Json][] = [];
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const old = before[key];
    const value = after[key];
    if (value === undefined) entries.push([key, null]);
    else if (isJsonObject(old) && isJsonObject(value)) {
      const patch = mergePatch(old, value);
      if (Object.keys(patch).length > 0) entries.push([key, patch]);
    } else if (!sameJson(old, value)) entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}

/** The JSON Patch that leads from one value to another; lists of another length are replaced whole. */
export function jsonPatch(before: Json, after: Json, pointer = ""): JsonObject[] {
  if (sameJson(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((each: Json, index) =>
      jsonPatch(each, after[index] ?? null, `${pointer}/${index}`),
    );
  }
  if (!isJsonObject(before) || !isJsonObject(after)) return [{ op: "replace", path: pointer, value: after }];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
    const path = `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const old = before[key];
    const value = after[key];
    if (value === undefined) return [{ op: "remove", path }];
    return old === undefined ? [{ op: "add", path, value }] : jsonPatch(old, value, path);
  });
}
