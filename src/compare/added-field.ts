import type { Divergence } from "../model/divergence.ts";
import { type FieldPath, segmentKeys } from "../model/field-path.ts";
import type { IngressObject, RawPath } from "../model/ingress.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import { type ValueEdit, valueAt } from "../model/value-edit.ts";
import { type ListShape, type SetShape, shapeAt } from "./ingress-shape.ts";
import { listSegments } from "./list-segments.ts";
import { rawPathOf } from "./raw-path-of.ts";
import { readSegment } from "./read-segment.ts";

/**
 * Puts a live field into an object that lacks it, with what has to hold it.
 *
 * @param path Of the nearest that the object has above the field.
 */
export function addedField(
  object: IngressObject,
  live: IngressObject,
  divergence: Divergence,
  path: RawPath,
): ValueEdit {
  const { field } = divergence;
  const holder = field.slice(0, path.length);
  const shape = shapeAt(holder);
  const held = valueAt(object, path);
  const value = holding(field, path.length + 1, divergence.live ?? null);
  if (shape.kind !== "list" && shape.kind !== "set")
    return { kind: "set", path: [...path, readSegment(field[path.length] ?? "")], value };
  if (!Array.isArray(held)) return { kind: "set", path, value: [value] };
  return {
    kind: "insert",
    path,
    index: indexLike(held, live, holder, field[path.length] ?? "", shape),
    value,
  };
}

/** The value with all that has to be made to hold it, from a depth of the field's path on. */
function holding(field: FieldPath, depth: number, value: Json): Json {
  const segment = field[depth];
  if (segment === undefined) return value;
  const inner = holding(field, depth + 1, value);
  const shape = shapeAt(field.slice(0, depth));
  if (shape.kind === "set") return [inner];
  if (shape.kind === "list") return [{ ...segmentKeys(segment), ...(isJsonObject(inner) ? inner : {}) }];
  return { [readSegment(segment)]: inner };
}

/** Behind the entry that stands before it live. */
function indexLike(
  held: readonly Json[],
  live: IngressObject,
  list: FieldPath,
  segment: string,
  shape: ListShape | SetShape,
): number {
  const liveList = valueAt(live, rawPathOf(live, list));
  const order = Array.isArray(liveList) ? listSegments(liveList, shape) : [];
  const own = listSegments(held, shape);
  const before = order.slice(0, Math.max(0, order.indexOf(segment)));
  const nearest = before.findLast((each) => each !== null && own.includes(each));
  return nearest === undefined ? 0 : own.indexOf(nearest) + 1;
}
