import { isJsonObject, type JsonObject } from "../../model/json.ts";

/** Maps are merged, whatever else is replaced. */
export function mergeMaps(under: JsonObject, over: JsonObject): JsonObject {
  const entries = Object.entries(over).map(([key, value]) => {
    const below = Object.hasOwn(under, key) ? under[key] : undefined;
    return [key, isJsonObject(value) && isJsonObject(below) ? mergeMaps(below, value) : value] as const;
  });
  return { ...under, ...Object.fromEntries(entries) };
}
