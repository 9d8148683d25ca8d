import type { FieldPath } from "./field-path.ts";
import { type Json, sameJson } from "./json.ts";

/**
 * An Ingress in canonical form. Every list whose entries have an identity has become a map from the entry's
 * segment to the entry; server-owned fields are gone; what the API server takes for equal is equal. Nodes are
 * plain objects whose keys are {@link FieldPath} segments, leaves are scalars.
 *
 * `order` keeps what the maps lose: for each list whose order can carry meaning, by its formatted field path, the
 * segments of its entries in the order in which the object lists them.
 */
export interface KeyedIngress {
  readonly fields: KeyedNode;
  readonly order: ReadonlyMap<string, readonly string[]>;
}

export interface KeyedNode {
  readonly [segment: string]: KeyedValue;
}

/**
 * Structurally JSON, so that {@link sameJson} compares it. Lists occur only below fields that Ingress does not define,
 * and where a value has the wrong type.
 */
export type KeyedValue = Json;

/** The value at a path; undefined where the object has no such field. */
export function keyedValueAt(ingress: KeyedIngress, path: FieldPath): KeyedValue | undefined {
  let value: KeyedValue | undefined = ingress.fields as KeyedValue;
  for (const segment of path) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    const node = value as KeyedNode;
    value = Object.hasOwn(node, segment) ? node[segment] : undefined;
  }
  return value;
}

export function sameKeyedValue(left: KeyedValue | undefined, right: KeyedValue | undefined): boolean {
  return sameJson(left, right);
}
