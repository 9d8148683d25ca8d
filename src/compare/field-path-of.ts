import { entrySegment, type FieldPath } from "../model/field-path.ts";
import type { IngressObject, RawPath } from "../model/ingress.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import { INGRESS_SHAPE, type Shape, shapeOfChild } from "./ingress-shape.ts";
import { listSegments } from "./list-segments.ts";

/**
 * The field that stands at a place of the given object: the inverse of `rawPathOf`. A field that identifies a list
 * entry (`host`, `secretName`) belongs to the entry and answers the entry's path.
 */
export function fieldPathOf(object: IngressObject, rawPath: RawPath): FieldPath {
  const fieldPath: string[] = [];
  let value: Json | undefined = object;
  let shape: Shape = INGRESS_SHAPE;
  let parent: Shape | null = null;
  for (const key of rawPath) {
    const segment = segmentOf(value, shape, key);
    if (segment === null || identifies(value, parent, segment)) break;
    fieldPath.push(segment);
    parent = shape;
    value = Array.isArray(value) ? value[Number(key)] : isJsonObject(value) ? value[key] : undefined;
    shape = shapeOfChild(shape, segment);
    if (shape.kind === "unknown") break;
  }
  return fieldPath;
}

function identifies(entry: Json | undefined, parent: Shape | null, name: string): boolean {
  return parent?.kind === "list" && isJsonObject(entry) && parent.identifyingFields(entry).includes(name);
}

function segmentOf(value: Json | undefined, shape: Shape, key: string | number): string | null {
  if (Array.isArray(value)) {
    return shape.kind === "list" || shape.kind === "set"
      ? (listSegments(value, shape)[Number(key)] ?? null)
      : null;
  }
  if (shape.kind === "map") return entrySegment(String(key));
  if (shape.kind !== "object") return null;
  return Object.hasOwn(shape.fields, key) ? String(key) : null;
}
