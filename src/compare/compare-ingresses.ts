import type { ComparedIngress, IngressState } from "../model/divergence.ts";
import { type DesiredIngress, type IngressId, ingressKey, type LiveIngress } from "../model/ingress.ts";
import { type CompareContext, compareIngress, type IngressComparison } from "./compare-ingress.ts";
import { compareText } from "./compare-order.ts";

/**
 * Compare every Ingress that Git declares or the cluster holds.
 *
 * @param desired What Git declares. An object declared twice is compared twice: the caller reports it.
 * @param live    What the cluster holds, each object once.
 * @returns Sorted by namespace, then name; those that agree included.
 */
export function compareIngresses(
  desired: readonly DesiredIngress[],
  live: readonly LiveIngress[],
  context: CompareContext,
): readonly ComparedIngress[] {
  const liveByKey = new Map(live.map((each) => [ingressKey(each.id), each]));
  const declared = new Set(desired.map(({ id }) => ingressKey(id)));
  const extra = live.filter(({ id }) => !declared.has(ingressKey(id)));
  return [
    ...desired.map((each) => compared(each.id, each, liveByKey.get(ingressKey(each.id)) ?? null, context)),
    ...extra.map((each) => compared(each.id, null, each, context)),
  ].toSorted((left, right) => compareIds(left.id, right.id));
}

function compared(
  id: IngressId,
  desired: DesiredIngress | null,
  live: LiveIngress | null,
  context: CompareContext,
): ComparedIngress {
  const comparison = compareIngress(desired?.object ?? null, live?.object ?? null, context);
  return { id, state: stateOf(comparison), desired, live, ...comparison };
}

function stateOf({ desiredKeyed, liveKeyed, divergences }: IngressComparison): IngressState {
  if (liveKeyed === null) return "missing";
  if (desiredKeyed === null) return "extra";
  return divergences.length === 0 ? "in-sync" : "changed";
}

function compareIds(left: IngressId, right: IngressId): number {
  return compareText(left.namespace, right.namespace) || compareText(left.name, right.name);
}
