import { isWithin, parseFieldPath } from "../../model/field-path.ts";
import type { ReportedDivergence } from "../../report/audit-report.ts";
import type { TrackedDivergence } from "../../report/drift-issue/tracked-divergence.ts";
import type { Reading } from "./subjects.ts";

/** A divergence, and the Ingress that has it, `namespace/name`. */
export interface FoundDivergence {
  readonly ingress: string;
  readonly divergence: ReportedDivergence;
}

/**
 * Those of the divergences followed so far that are not there any more. What the run could not read is not among them,
 * nor what a coarser or a finer divergence now stands for: a deleted Ingress has not resolved its fields.
 */
export function resolvedAmong(
  before: readonly TrackedDivergence[],
  found: readonly FoundDivergence[],
  readingOf: (ingress: string) => Reading,
): readonly TrackedDivergence[] {
  const ids = new Set(found.map(({ divergence }) => divergence.id));
  const byIngress = Map.groupBy(found, ({ ingress }) => ingress);
  return before.filter((tracked) => {
    if (ids.has(tracked.id) || readingOf(tracked.ingress).kind === "unread") return false;
    const others = byIngress.get(tracked.ingress) ?? [];
    return !others.some(({ divergence }) => overlap(tracked.field, divergence.field));
  });
}

function overlap(left: string, right: string): boolean {
  const one = parseFieldPath(left);
  const other = parseFieldPath(right);
  if (one === null || other === null) return false;
  return isWithin(one, other) || isWithin(other, one);
}
