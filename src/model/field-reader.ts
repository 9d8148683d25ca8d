import type { Divergence } from "./divergence.ts";
import { formatFieldPath } from "./field-path.ts";
import { type KeyedIngress, type KeyedValue, keyedValueAt } from "./keyed-ingress.ts";

/** Reads from any version of an Ingress the value that a divergence is about; undefined where it has no such field. */
export type FieldReader = (ingress: KeyedIngress) => KeyedValue | undefined;

/**
 * @returns for a whole object (the empty path) a reader that answers true, so that presence is the value; for
 * `reordered` one that answers the order of those entries that desired and live share; else the field's own reader.
 */
export function fieldReader(divergence: Divergence): FieldReader {
  if (divergence.field.length === 0) return () => true;
  if (divergence.change !== "reordered") return (ingress) => keyedValueAt(ingress, divergence.field);
  const list = formatFieldPath(divergence.field);
  const shared = new Set(Array.isArray(divergence.live) ? divergence.live : []);
  return (ingress) => ingress.order.get(list)?.filter((segment) => shared.has(segment));
}
