import { createHash } from "node:crypto";
import { isJsonObject, type Json } from "../model/json.ts";

/** The hash of a side that has no such field. */
export const ABSENT = "absent";

/**
 * A short name for a value, to see later whether it is still the same one; the order of object keys means nothing.
 *
 * @param value As reports hold it, credentials redacted; undefined where there is no such field.
 * @returns 12 hex digits, or {@link ABSENT}.
 */
export function valueHash(value: Json | undefined): string {
  if (value === undefined) return ABSENT;
  return createHash("sha256")
    .update(JSON.stringify(sorted(value)))
    .digest("hex")
    .slice(0, 12);
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
