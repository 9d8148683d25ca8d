import {
  entrySegment,
  type FieldPath,
  formatFieldPath,
  keyedSegment,
  nameSegment,
  ordinalSegment,
} from "../../../src/model/field-path.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../src/model/json.ts";

/** One place of an object, named as the report names it, with what stands there. */
export interface Leaf {
  readonly path: FieldPath;
  readonly value: Json;
}

/** How the entries of each list are known; written down here once more, so that the product's table is checked. */
const LIST_KEYS: Readonly<Record<string, readonly string[]>> = {
  "spec.rules": ["host"],
  "spec.rules[].http.paths": ["path", "pathType"],
  "spec.tls": ["secretName"],
  "metadata.ownerReferences": ["uid"],
};
const MAPS = ["metadata.annotations", "metadata.labels"];

/** The last segment of the path of a list's order. */
export const ORDER = "[order]";

/**
 * Everything that an object as the API server returns it says: each scalar, that each list entry is there, and the
 * order of each list.
 *
 * @returns By formatted path.
 */
export function leavesOf(object: JsonObject): ReadonlyMap<string, Leaf> {
  const leaves = walk(object, [], "");
  return new Map(leaves.map((leaf) => [formatFieldPath(leaf.path), leaf]));
}

/** @param kind The path without the entries' keys: `spec.rules[].http`. */
function walk(value: Json, path: FieldPath, kind: string): Leaf[] {
  if (Array.isArray(value)) return walkList(value, path, kind);
  if (!isJsonObject(value)) return [{ path, value }];
  return Object.entries(value).flatMap(([name, child]) => {
    const isKey = kind.endsWith("[]") && LIST_KEYS[kind.slice(0, -2)]?.includes(name);
    if (isKey || child === undefined) return [];
    const segment = MAPS.includes(kind) ? entrySegment(name) : nameSegment(name);
    return walk(child, [...path, segment], kind === "" ? name : `${kind}.${name}`);
  });
}

function walkList(entries: readonly Json[], path: FieldPath, kind: string): Leaf[] {
  const seen = new Map<string, number>();
  const segments = entries.map((entry) => {
    const segment = segmentOf(entry, LIST_KEYS[kind]);
    const ordinal = (seen.get(segment) ?? 0) + 1;
    seen.set(segment, ordinal);
    return ordinalSegment(segment, ordinal);
  });
  return [
    { path: [...path, ORDER], value: segments },
    ...entries.flatMap((entry, index) => {
      const at = [...path, segments[index] ?? ""];
      return [{ path: at, value: "entry" }, ...(isJsonObject(entry) ? walk(entry, at, `${kind}[]`) : [])];
    }),
  ];
}

function segmentOf(entry: Json, keys: readonly string[] | undefined): string {
  if (keys === undefined || !isJsonObject(entry)) return entrySegment(String(entry));
  return keyedSegment(Object.fromEntries(keys.map((key) => [key, String(entry[key] ?? "")])));
}
