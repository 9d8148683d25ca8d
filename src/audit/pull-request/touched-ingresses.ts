import { compareIngress } from "../../compare/compare-ingress.ts";
import { compareFieldPaths } from "../../compare/compare-order.ts";
import type { Divergence } from "../../model/divergence.ts";
import { type DesiredIngress, type IngressId, ingressKey } from "../../model/ingress.ts";
import { declaredIn, type Side } from "./side.ts";

/** An Ingress whose meaning a pull request changes, or that it makes unreadable, or readable again. */
export interface TouchedIngress {
  readonly id: IngressId;
  readonly base: Side;
  readonly head: Side;
  /** From base to head: `desired` is the base's value, `live` the head's. Empty where one of them is unreadable. */
  readonly changes: readonly FieldChange[];
}

export interface FieldChange {
  readonly divergence: Divergence;
  /** The rule by which such a difference comes about by itself in a cluster, and serves nothing. */
  readonly expected: { readonly rule: string; readonly reason: string } | null;
}

/** An Ingress that is declared in another file and is the same. */
export interface MovedIngress {
  readonly id: IngressId;
  readonly from: string;
  readonly to: string;
}

export interface SideIngresses {
  readonly ingresses: readonly DesiredIngress[];
  /** Keys of those that only another side declares, and that an unreadable file of this one may declare too. */
  readonly hidden: ReadonlySet<string>;
}

/** @returns By namespace, then name. */
export function touchedIngresses(
  base: SideIngresses,
  head: SideIngresses,
): { readonly touched: readonly TouchedIngress[]; readonly moved: readonly MovedIngress[] } {
  const sides = [base, head].map(sideOf);
  const ids = new Map([...base.ingresses, ...head.ingresses].map(({ id }) => [ingressKey(id), id]));
  const pairs = [...ids.keys()].sort().flatMap((key) => {
    const [before, after] = sides.map((side) => side(key));
    const id = ids.get(key);
    return id === undefined || before === undefined || after === undefined
      ? []
      : [{ id, base: before, head: after, changes: changesOf(before, after) }];
  });
  return {
    touched: pairs.filter(({ base, head, changes }) => changes.length > 0 || base.kind !== head.kind),
    moved: pairs.flatMap(({ id, base, head, changes }) => {
      const from = declaredIn(base)?.origin.path;
      const to = declaredIn(head)?.origin.path;
      const isMoved = changes.length === 0 && from !== undefined && to !== undefined && from !== to;
      return isMoved ? [{ id, from, to }] : [];
    }),
  };
}

function sideOf({ ingresses, hidden }: SideIngresses): (key: string) => Side {
  const declared = new Map(ingresses.map((each) => [ingressKey(each.id), each]));
  return (key) => {
    const ingress = declared.get(key);
    if (ingress !== undefined) return { kind: "declared", ingress };
    return { kind: hidden.has(key) ? "unreadable" : "absent" };
  };
}

function changesOf(base: Side, head: Side): readonly FieldChange[] {
  if (base.kind === "unreadable" || head.kind === "unreadable") return [];
  const [before, after] = [base, head].map((side) => declaredIn(side)?.object ?? null);
  const { divergences, recognised } = compareIngress(before ?? null, after ?? null, { ingressClasses: null });
  return [
    ...divergences.map((divergence) => ({ divergence, expected: null })),
    ...recognised.map(({ divergence, rule, reason }) => ({ divergence, expected: { rule, reason } })),
  ].sort((left, right) => compareFieldPaths(left.divergence.field, right.divergence.field));
}
