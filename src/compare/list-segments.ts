import { entrySegment, keyedSegment, ordinalSegment, segmentKeys } from "../model/field-path.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { KeyedNode } from "../model/keyed-ingress.ts";
import { compareText } from "./compare-order.ts";
import type { ListShape, SetShape } from "./ingress-shape.ts";
import { readOrdinal, readSegment } from "./read-segment.ts";

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
    const segment =
      shape.kind === "set" ? entrySegment(memberKey(entry)) : entrySegmentOf(listEntry(entry), shape);
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

/**
 * The index of the entry with that segment; -1 where the list has none. Asked for each divergence of a list, so it
 * compares keys and writes no segments.
 */
export function listIndexOf(entries: readonly Json[], shape: ListShape | SetShape, segment: string): number {
  if (shape.kind === "list" && shape.dropsRepeated) return listSegments(entries, shape).indexOf(segment);
  const matches = shape.kind === "set" ? isMember(readSegment(segment)) : isEntry(segmentKeys(segment));
  const ordinal = readOrdinal(segment);
  let seen = 0;
  return entries.findIndex((entry) => {
    if (matches(entry)) seen += 1;
    return seen === ordinal;
  });
}

function isMember(key: string): (member: Json) => boolean {
  return (member) => memberKey(member) === key;
}

function isEntry(keys: Readonly<Record<string, string>>): (entry: Json) => boolean {
  const names = Object.keys(keys);
  return (entry) => names.length > 0 && names.every((name) => keyOf(listEntry(entry), name) === keys[name]);
}

/** True for the node of a list, and not for an object that stands where a list belongs. */
export function isListNode(node: KeyedNode): boolean {
  return Object.keys(node).every((segment) => /^\[\w+=/.test(segment));
}

/** Go reads `null` in a list of structs as the struct with nothing set; so is anything else that is no object. */
export function listEntry(entry: Json): JsonObject {
  return isJsonObject(entry) ? entry : {};
}

function memberKey(member: Json): string {
  return typeof member === "string" ? member : String(JSON.stringify(withSortedKeys(member)));
}

function entrySegmentOf(entry: JsonObject, shape: ListShape): string {
  const names = shape.identifyingFields(entry);
  return keyedSegment(Object.fromEntries(names.map((name) => [name, keyOf(entry, name)])));
}

function keyOf(entry: JsonObject, name: string): string {
  const value = Object.hasOwn(entry, name) ? entry[name] : undefined;
  return typeof value === "string" ? value : "";
}

/** A member that is no string, against the type: its keys have no order either. */
function withSortedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (!isJsonObject(value)) return value;
  const fields = Object.entries(value).toSorted(([left], [right]) => compareText(left, right));
  return Object.fromEntries(fields.map(([name, field]) => [name, withSortedKeys(field)]));
}
