import type { Divergence } from "../model/divergence.ts";
import { parseFieldPath } from "../model/field-path.ts";
import { sameJson } from "../model/json.ts";
import type { KeyedIngress } from "../model/keyed-ingress.ts";

/** One `reordered` for each list whose entries, of those that both sides have, stand in another order live. */
export function diffOrders(desired: KeyedIngress, live: KeyedIngress): readonly Divergence[] {
  return [...desired.order].flatMap(([list, desiredOrder]) => {
    const liveOrder = live.order.get(list);
    if (liveOrder === undefined || sameJson(desiredOrder, liveOrder)) return [];
    const common = { desired: shared(desiredOrder, liveOrder), live: shared(liveOrder, desiredOrder) };
    const field = parseFieldPath(list);
    if (field === null || sameJson(common.desired, common.live)) return [];
    return [{ field, change: "reordered" as const, ...common }];
  });
}

function shared(segments: readonly string[], others: readonly string[]): readonly string[] {
  const present = new Set(others);
  return segments.filter((segment) => present.has(segment));
}
