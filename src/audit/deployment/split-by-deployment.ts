import { parseFieldPath } from "../../model/field-path.ts";
import type { AuditReport, ReportedDivergence, ReportedIngress } from "../../report/audit-report.ts";
import type { ConcernedDivergence } from "../../report/deployment/deployment-report.ts";
import { worstFirst } from "../../report/worst-first.ts";
import type { DeployedFields } from "./deployed-fields.ts";

/**
 * What of a report concerns the deployment: whatever Git declares and the cluster has not followed, and any other
 * difference in a field that the deployment was to set. What a controller writes is expected and counts as neither.
 */
export function splitByDeployment(
  report: AuditReport | null,
  deployed: DeployedFields,
): { readonly concerning: readonly ConcernedDivergence[]; readonly beside: readonly ConcernedDivergence[] } {
  if (report === null) return { concerning: [], beside: [] };
  const all = worstFirst(report, { showIgnored: false }).flatMap(({ ingress, divergences }) =>
    divergences.map((divergence) => ({ ingress, divergence })),
  );
  return {
    concerning: all.filter(({ ingress, divergence }) => concerns(ingress, divergence, deployed)),
    beside: all.filter(({ ingress, divergence }) => !concerns(ingress, divergence, deployed)),
  };
}

function concerns(
  ingress: ReportedIngress,
  divergence: ReportedDivergence,
  deployed: DeployedFields,
): boolean {
  if (divergence.verdict === "pending") return true;
  return deployed.touches(ingress, parseFieldPath(divergence.field) ?? []);
}
