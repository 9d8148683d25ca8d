import { entrySegment, keyedSegment, ordinalSegment } from "../model/field-path.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { KeyedNode } from "../model/keyed-ingress.ts";
import { compareText } from "./compare-order.ts";
import type { ListShape, SetShape } from "./ingress-shape.ts";

/**
 * The segment of each entry of a list, in the list's order; null for a repeated entry that the API server drops. An
 * identifying field that is absent, empty or no string is the empty string; a second entry with the same key gets `#2`.
 */
export function listSegments(
  entries: readonly Json[],
  shape: ListShape | SetShape,
): readonly (string | null)[] {
  const seen = new Map<string, number>();
  const isRepeated = repeatedEntries(shape);
  return entries.map((entry) => {
    if (isRepeated(entry)) return null;
    const segment = shape.kind === "set" ? memberSegment(entry) : entrySegmentOf(listEntry(entry), shape);
    const ordinal = (seen.get(segment) ?? 0) + 1;
    seen.set(segment, ordinal);
    return ordinalSegment(segment, ordinal);
  });
}

function repeatedEntries(shape: ListShape | SetShape): (entry: Json) => boolean {
  if (shape.kind === "set" || !shape.dropsRepeated) return () => false;
  const seen = new Set<string>();
  return (entry) => {
    const text = setFields(listEntry(entry));
    return seen.size === seen.add(text).size;
  };
}

function setFields(entry: JsonObject): string {
  const fields = Object.entries(entry).filter(([, value]) => value !== null && value !== "");
  return JSON.stringify(Object.fromEntries(fields.toSorted(([left], [right]) => compareText(left, right))));
}

/** True for the node of a list, and not for an object that stands where a list belongs. */
export function isListNode(node: KeyedNode): boolean {
  return Object.keys(node).every((segment) => /^\[\w+=/.test(segment));
}

/** Go reads `null` in a list of structs as the struct with nothing set; so is anything else that is no object. */
export function listEntry(entry: Json): JsonObject {
  return isJsonObject(entry) ? entry : {};
}

function memberSegment(member: Json): string {
  return entrySegment(typeof member === "string" ? member : String(JSON.stringify(member)));
}

function entrySegmentOf(entry: JsonObject, shape: ListShape): string {
  const names = shape.identifyingFields(entry);
  return keyedSegment(Object.fromEntries(names.map((name) => [name, keyOf(entry, name)])));
}

function keyOf(entry: JsonObject, name: string): string {
  const value = Object.hasOwn(entry, name) ? entry[name] : undefined;
  return typeof value === "string" ? value : "";
}
