import type { FieldPath } from "../model/field-path.ts";
import type { IngressObject, RawPath } from "../model/ingress.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import { INGRESS_SHAPE, type Shape, shapeOfChild } from "./ingress-shape.ts";
import { listIndexOf } from "./list-segments.ts";
import { readSegment } from "./read-segment.ts";

/**
 * Where a field stands in the given object, list entries by their index; the nearest ancestor that the object has
 * where it lacks the field itself.
 */
export function rawPathOf(object: IngressObject, fieldPath: FieldPath): RawPath {
  const rawPath: (string | number)[] = [];
  let value: Json | undefined = object;
  let shape: Shape = INGRESS_SHAPE;
  for (const segment of fieldPath) {
    const step = rawStep(value, shape, segment);
    if (step === undefined) break;
    rawPath.push(step.key);
    value = step.value;
    shape = shapeOfChild(shape, segment);
  }
  return rawPath;
}

interface RawStep {
  readonly key: string | number;
  readonly value: Json | undefined;
}

function rawStep(value: Json | undefined, shape: Shape, segment: string): RawStep | undefined {
  if (Array.isArray(value)) {
    if (shape.kind !== "list" && shape.kind !== "set") return undefined;
    const index = listIndexOf(value, shape, segment);
    return index < 0 ? undefined : { key: index, value: value[index] };
  }
  const key = readSegment(segment);
  if (!isJsonObject(value) || !Object.hasOwn(value, key)) return undefined;
  return { key, value: value[key] };
}
