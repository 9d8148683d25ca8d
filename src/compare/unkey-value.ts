import { type FieldPath, segmentKeys } from "../model/field-path.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { KeyedNode, KeyedValue } from "../model/keyed-ingress.ts";
import { type Shape, shapeAt, shapeOfChild } from "./ingress-shape.ts";
import { isListNode } from "./list-segments.ts";
import { readSegment } from "./read-segment.ts";

/**
 * A keyed value as a reader would write it in YAML: lists are lists again, an entry has its identifying fields back,
 * and what is empty only because the keyed form always has it is left out.
 *
 * @param path Where the value stands in the keyed form.
 */
export function unkeyValue(value: KeyedValue, path: FieldPath): Json {
  const last = path.at(-1);
  const isEntry = last !== undefined && shapeAt(path.slice(0, -1)).kind === "list";
  return isEntry ? unkeyEntry(value, last, shapeAt(path)) : unkey(value, shapeAt(path));
}

function unkey(value: KeyedValue, shape: Shape): Json {
  if (!isJsonObject(value)) return value;
  switch (shape.kind) {
    case "list":
      if (!isListNode(value)) return unkeyFields(value, { kind: "unknown" });
      return Object.entries(value).map(([segment, entry]) => unkeyEntry(entry, segment, shape.entry));
    case "set":
      return Object.values(value);
    case "object":
      return unkeyFields(value, shape);
    case "map":
    case "scalar":
    case "unknown":
      return unkeyFields(value, { kind: "unknown" });
    default:
      return shape satisfies never;
  }
}

function unkeyEntry(value: KeyedValue, segment: string, shape: Shape): Json {
  if (!isJsonObject(value)) return value;
  const identifying = Object.entries(segmentKeys(segment)).filter(([, key]) => key !== "");
  return { ...Object.fromEntries(identifying), ...unkeyFields(value, shape) };
}

function unkeyFields(node: KeyedNode, shape: Shape): JsonObject {
  const fields = Object.entries(node).map(([segment, value]) => {
    const fieldShape = shapeOfChild(shape, segment);
    return [readSegment(segment), unkey(value, fieldShape), fieldShape] as const;
  });
  const written = fields.filter(([, value, fieldShape]) => !(isEmpty(value) && standsAlways(fieldShape)));
  return Object.fromEntries(written.map(([name, value]) => [name, value]));
}

function isEmpty(value: Json): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function standsAlways(shape: Shape): boolean {
  if (shape.kind === "object") return shape.presence === "always";
  return shape.kind === "list" || shape.kind === "set" || shape.kind === "map";
}
