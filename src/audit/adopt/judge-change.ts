import { compareIngress } from "../../compare/compare-ingress.ts";
import type { Divergence } from "../../model/divergence.ts";
import { type IngressId, type IngressObject, ingressKey } from "../../model/ingress.ts";
import { sameJson } from "../../model/json.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import type { DeclaredState } from "./declared-state.ts";
import { divergingField } from "./diverging-field.ts";

/** What a change of files has done to what Git declares. */
export type Judgement =
  /** It settles these of the chosen divergences, and changes nothing else. */
  | { readonly kind: "settles"; readonly settled: readonly Divergence[] }
  | { readonly kind: "refused"; readonly why: string };

export interface JudgedChange {
  readonly id: IngressId;
  readonly live: LiveSnapshot;
  readonly chosen: readonly Divergence[];
  readonly before: DeclaredState;
  readonly after: DeclaredState;
}

/** Whether each difference between before and after is one that a chosen divergence asks for. */
export function judgeChange(change: JudgedChange): Judgement {
  const { id, before, after, chosen } = change;
  const problem = newProblem(before, after);
  if (problem !== null) return { kind: "refused", why: problem };
  const others = othersChanged(before, after, id);
  if (others.length > 0) return { kind: "refused", why: `${others.join(", ")} would change too` };
  const [open, left] = [differencesIn(before, change), differencesIn(after, change)];
  const odd = left.find((each) => !open.some((other) => isSame(each, other)));
  if (odd !== undefined)
    return { kind: "refused", why: `${divergingField(odd)} would differ, which was not meant to change` };
  const settled = open.filter((each) => !left.some((other) => isSame(each, other)));
  const unmeant = settled.find(
    (each) => !chosen.some((other) => divergingField(other) === divergingField(each)),
  );
  if (unmeant !== undefined) return { kind: "refused", why: `${divergingField(unmeant)} would change too` };
  return { kind: "settles", settled };
}

/** What differs between Git and the cluster; what a rule expects included. */
function differencesIn(
  state: DeclaredState,
  { id, live }: Pick<JudgedChange, "id" | "live">,
): readonly Divergence[] {
  const key = ingressKey(id);
  const desired = state.ingresses.find((each) => ingressKey(each.id) === key)?.object ?? null;
  const found = live.ingresses.find((each) => ingressKey(each.id) === key)?.object ?? null;
  return differencesBetween(desired, found, live);
}

export function differencesBetween(
  desired: IngressObject | null,
  found: IngressObject | null,
  live: LiveSnapshot,
): readonly Divergence[] {
  if (desired === null && found === null) return [];
  const { divergences, recognised } = compareIngress(desired, found, live);
  return [...divergences, ...recognised.map(({ divergence }) => divergence)];
}

/** An order is one of those entries that both sides have, and they may have become more. */
function isSame(left: Divergence, right: Divergence): boolean {
  if (divergingField(left) !== divergingField(right) || left.change !== right.change) return false;
  return left.change === "reordered" || sameJson(left.desired, right.desired);
}

function newProblem(before: DeclaredState, after: DeclaredState): string | null {
  const known = new Set(before.problems.map(({ path, message }) => `${path}\0${message}`));
  const found = after.problems.find(({ path, message }) => !known.has(`${path}\0${message}`));
  return found === undefined ? null : `${found.path}: ${found.message}`;
}

function othersChanged(before: DeclaredState, after: DeclaredState, id: IngressId): string[] {
  const own = ingressKey(id);
  const [was, is] = [before, after].map(
    ({ ingresses }) => new Map(ingresses.map(({ id, object }) => [ingressKey(id), object])),
  );
  const keys = new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])]);
  return [...keys].filter((key) => key !== own && !sameJson(was?.get(key), is?.get(key)));
}
