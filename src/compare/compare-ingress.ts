import { type Deletion, deletionOf } from "../model/deletion.ts";
import type { Divergence, RecognisedDifference } from "../model/divergence.ts";
import type { IngressObject, LiveIngressClass } from "../model/ingress.ts";
import { type KeyedIngress, sameKeyedValue } from "../model/keyed-ingress.ts";
import { agreeAsWritten } from "./agree-as-written.ts";
import { compareFieldPaths } from "./compare-order.ts";
import { diffOrders } from "./diff-orders.ts";
import { diffValues } from "./diff-values.ts";
import { keyIngress, keyOnDemand } from "./key-ingress.ts";
import { readLiveFacts } from "./recognised/live-facts.ts";
import { recognisingRule } from "./recognised/recognising-rule.ts";
import { terminating } from "./recognised/terminating.ts";
import { unkeyValue } from "./unkey-value.ts";

export interface CompareContext {
  /** The cluster's IngressClasses; null where they could not be read. */
  readonly ingressClasses: readonly LiveIngressClass[] | null;
  /** When the cluster was read, UTC, ISO 8601; null where unknown. */
  readonly observedAt?: string | null;
}

export interface IngressComparison {
  /** null where Git has no such object. */
  readonly desiredKeyed: KeyedIngress | null;
  /** null where the cluster has no such object. */
  readonly liveKeyed: KeyedIngress | null;
  /** Sorted by field path; empty when desired and live agree. */
  readonly divergences: readonly Divergence[];
  /** Differences that a named rule expects; sorted by field path. */
  readonly recognised: readonly RecognisedDifference[];
}

/**
 * Compare one Ingress as declared in Git with the same one in the cluster, field by field. A whole object that
 * stands on one side only is one divergence, at the empty path; so is one that Git declares and somebody has deleted,
 * beside whatever else differs in it while its finalizers hold it.
 *
 * @param desired The object converted to `networking.k8s.io/v1`; null where Git has none.
 * @param live    The object as the API server returned it, managedFields included; null where the cluster has none.
 * @see docs/comparing.md for what is taken for equal, and why
 */
export function compareIngress(
  desired: IngressObject | null,
  live: IngressObject | null,
  context: CompareContext,
): IngressComparison {
  if (desired !== null && live !== null && agreeAsWritten(desired, live)) {
    const keyed = keyOnDemand(desired);
    return { desiredKeyed: keyed, liveKeyed: keyed, divergences: [], recognised: [] };
  }
  const desiredKeyed = desired === null ? null : keyIngress(desired);
  const liveKeyed = live === null ? null : keyIngress(live);
  const deletion = live === null ? null : deletionOf(live);
  const found = divergencesOf(desiredKeyed, liveKeyed, deletion).toSorted((left, right) =>
    compareFieldPaths(left.field, right.field),
  );
  return { desiredKeyed, liveKeyed, ...withoutRecognised(found, desired, desiredKeyed, live, context) };
}

function divergencesOf(
  desired: KeyedIngress | null,
  live: KeyedIngress | null,
  deletion: Deletion | null,
): readonly Divergence[] {
  const whole = wholeObject(desired, live, deletion);
  return desired === null || live === null ? whole : [...whole, ...fieldDivergences(desired, live)];
}

function fieldDivergences(desired: KeyedIngress, live: KeyedIngress): readonly Divergence[] {
  const reordered = diffOrders(desired, live);
  // Most objects agree: the cheap question first.
  if (sameKeyedValue(desired.fields, live.fields)) return reordered;
  const differences = diffValues(desired.fields, live.fields).map(({ path, change, desired, live }) => ({
    field: path,
    change,
    desired: desired === undefined ? undefined : unkeyValue(desired, path),
    live: live === undefined ? undefined : unkeyValue(live, path),
  }));
  return [...reordered, ...differences];
}

function wholeObject(
  desired: KeyedIngress | null,
  live: KeyedIngress | null,
  deletion: Deletion | null,
): readonly Divergence[] {
  const marked = deletion === null ? {} : { deletion };
  if (desired !== null && (live === null || deletion !== null)) {
    return [
      { field: [], change: "removed", desired: unkeyValue(desired.fields, []), live: undefined, ...marked },
    ];
  }
  if (desired === null && live !== null) {
    return [{ field: [], change: "added", desired: undefined, live: unkeyValue(live.fields, []), ...marked }];
  }
  return [];
}

function withoutRecognised(
  found: readonly Divergence[],
  desiredObject: IngressObject | null,
  desired: KeyedIngress | null,
  live: IngressObject | null,
  { ingressClasses, observedAt }: CompareContext,
): Pick<IngressComparison, "divergences" | "recognised"> {
  const [whole] = found;
  if (whole !== undefined && terminating.recognises(whole, observedAt ?? null)) {
    return {
      divergences: [],
      recognised: [{ rule: terminating.name, reason: terminating.reason, divergence: whole }],
    };
  }
  if (found.length === 0 || desiredObject === null || desired === null || live === null) {
    return { divergences: found, recognised: [] };
  }
  const facts = { ...readLiveFacts(live), desiredObject, desired, ingressClasses };
  const ruled = found.map((divergence) => ({ divergence, expected: recognisingRule(divergence, facts) }));
  return {
    divergences: ruled.filter(({ expected }) => expected === null).map(({ divergence }) => divergence),
    recognised: ruled.flatMap(({ divergence, expected }) =>
      expected === null ? [] : [{ rule: expected.name, reason: expected.reason, divergence }],
    ),
  };
}
