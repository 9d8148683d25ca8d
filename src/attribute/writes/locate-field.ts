import type { FieldPath } from "../../model/field-path.ts";
import { isJsonObject, type Json } from "../../model/json.ts";

const STRING = String.raw`"(?:[^"\\]|\\.)*"`;
const KEYED = new RegExp(String.raw`(?:^\[|,)([A-Za-z]\w*)=(${STRING})`, "g");
const BRACKET = new RegExp(String.raw`^\[(${STRING})\](?:#(\d+))?$`);
const ORDINAL = /\]#(\d+)$/;

/**
 * The part of a raw Ingress, or of a request's body, that a field path means. Lists are searched by the entry's key as
 * in the path, so that a position never matters.
 *
 * @returns undefined where there is no such part.
 */
export function locateField(object: Json | undefined, field: FieldPath): Json | undefined {
  return field.reduce<Json | undefined>(child, object);
}

/** The name or the key that a segment of a map or object stands for: `spec`, `["team"]`. */
export function segmentKey(segment: string): string {
  const key = BRACKET.exec(segment)?.[1];
  return key === undefined ? segment : readString(key);
}

/** True where an entry of a list is the one that the segment means, its ordinal apart. */
export function isEntry(entry: Json, segment: string): boolean {
  const keys = [...segment.matchAll(KEYED)];
  if (keys.length === 0) return entry === segmentKey(segment);
  return keys.every(([, name = "", value = '""']) => keyOf(entry, name) === readString(value));
}

function child(parent: Json | undefined, segment: string): Json | undefined {
  if (Array.isArray(parent)) {
    const ordinal = Number(ORDINAL.exec(segment)?.[1] ?? 1);
    return parent.filter((entry: Json) => isEntry(entry, segment))[ordinal - 1];
  }
  const key = segmentKey(segment);
  return isJsonObject(parent) && Object.hasOwn(parent, key) ? parent[key] : undefined;
}

function keyOf(entry: Json, name: string): string {
  const value = isJsonObject(entry) && Object.hasOwn(entry, name) ? entry[name] : undefined;
  return typeof value === "string" ? value : "";
}

function readString(json: string): string {
  return String(JSON.parse(json));
}
