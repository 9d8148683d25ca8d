import { SEVERITIES, type Severity } from "../model/severity.ts";
import type { AuditReport, ReportedDivergence, ReportedIngress } from "./audit-report.ts";

/** An Ingress with those of its divergences that are shown. */
export interface ShownIngress {
  readonly ingress: ReportedIngress;
  /** Worst severity first, then by field; never empty. */
  readonly divergences: readonly ReportedDivergence[];
}

/**
 * What a report shows, the worst first: by the worst severity, then by namespace and name. A controller's writes are
 * shown on request only.
 */
export function worstFirst(report: AuditReport, options: { showIgnored: boolean }): readonly ShownIngress[] {
  return report.ingresses
    .map((ingress) => ({ ingress, divergences: shown(ingress, options.showIgnored) }))
    .filter(({ divergences }) => divergences.length > 0)
    .sort(
      (left, right) =>
        rank(right.divergences[0]) - rank(left.divergences[0]) ||
        compareText(left.ingress.namespace, right.ingress.namespace) ||
        compareText(left.ingress.name, right.ingress.name),
    );
}

/** Counts by severity of what is shown, the worst first, zeros left out. */
export function severityCounts(shownIngresses: readonly ShownIngress[]): readonly [Severity, number][] {
  const divergences = shownIngresses.flatMap((entry) => entry.divergences);
  return SEVERITIES.toReversed()
    .map((severity): [Severity, number] => [
      severity,
      divergences.filter((divergence) => divergence.severity === severity).length,
    ])
    .filter(([, count]) => count > 0);
}

function shown(ingress: ReportedIngress, showIgnored: boolean): ReportedDivergence[] {
  return ingress.divergences
    .filter((divergence) => showIgnored || divergence.verdict !== "controller")
    .sort((left, right) => rank(right) - rank(left) || compareText(left.field, right.field));
}

function rank(divergence: ReportedDivergence | undefined): number {
  return divergence === undefined ? -1 : SEVERITIES.indexOf(divergence.severity);
}

/** By code unit, so that the order is the same everywhere. */
function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
