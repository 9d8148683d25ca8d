import { applyDivergences } from "../../compare/apply-divergences.ts";
import { compareIngress } from "../../compare/compare-ingress.ts";
import { fieldPathOf } from "../../compare/field-path-of.ts";
import { rawPathOf } from "../../compare/raw-path-of.ts";
import type { Divergence } from "../../model/divergence.ts";
import { type DesiredIngress, ingressKey } from "../../model/ingress.ts";

/** What three commits declare of the same Ingresses. */
export interface ThreeSides {
  /** Where the two branches part. */
  readonly fork: readonly DesiredIngress[];
  readonly base: readonly DesiredIngress[];
  readonly head: readonly DesiredIngress[];
}

/**
 * What the base branch would declare with the head's changes on top, field by field: what the base branch has done since
 * the two parted stays. Where both changed a field, the head's value is taken.
 *
 * @returns Sorted by namespace, then name; files and lines are the head's where it declares the Ingress.
 */
export function mergeDesired({ fork, base, head }: ThreeSides): readonly DesiredIngress[] {
  const [before, ours, theirs] = [fork, base, head].map(byKey);
  const keys = [...new Set([...base, ...head].map(({ id }) => ingressKey(id)))].sort();
  return keys.flatMap((key) => {
    const merged = mergeOne(before?.get(key) ?? null, ours?.get(key) ?? null, theirs?.get(key) ?? null);
    return merged === null ? [] : [merged];
  });
}

function byKey(ingresses: readonly DesiredIngress[]): ReadonlyMap<string, DesiredIngress> {
  return new Map(ingresses.map((each) => [ingressKey(each.id), each]));
}

function mergeOne(
  fork: DesiredIngress | null,
  base: DesiredIngress | null,
  head: DesiredIngress | null,
): DesiredIngress | null {
  if (head === null) return fork === null ? base : null;
  if (fork === null) return head;
  const changes = changesBetween(fork, head);
  if (base === null) return changes.length === 0 ? null : head;
  if (changesBetween(fork, base).length === 0) return head;
  return { ...head, ...onTopOf(base, head, changes) };
}

/** As divergences of the head from the fork, so that applying them gives the head's values. */
function changesBetween(fork: DesiredIngress, head: DesiredIngress): readonly Divergence[] {
  const { divergences, recognised } = compareIngress(head.object, fork.object, { ingressClasses: null });
  return [...divergences, ...recognised.map(({ divergence }) => divergence)];
}

function onTopOf(
  base: DesiredIngress,
  head: DesiredIngress,
  changes: readonly Divergence[],
): Pick<DesiredIngress, "object" | "lineAt"> {
  const object = applyDivergences(base.object, changes) ?? head.object;
  return { object, lineAt: (path) => head.lineAt(rawPathOf(head.object, fieldPathOf(object, path))) };
}
