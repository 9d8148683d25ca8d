import type { AuditReport } from "../../report/audit-report.ts";
import type { Gathered } from "../gather/gathered.ts";
import { buildReport, type CommitLookup } from "../reporting/build-report.ts";
import { countUnreadable, logCoverage } from "../run-audit.ts";
import type { ReviewFindings } from "./review-findings.ts";

/** The audit of the base against the cluster, as `ingress-audit audit` reports it, of the touched Ingresses alone. */
export function reportOfTouched(
  { request, commits, attributed, belowMinSeverity, ignored, repository, shallow }: ReviewFindings,
  gathered: Gathered,
  lookup: CommitLookup,
): AuditReport {
  const { audit, pullRequest } = request;
  const outcome = {
    git: { repository, ref: pullRequest.baseRef, commit: commits.base, shallow, worktree: false },
    cluster: {
      name: audit.clusterName ?? gathered.live.cluster,
      observedAt: gathered.live.observedAt,
      appliedRevision: gathered.appliedRevision,
      auditLog: logCoverage(gathered),
    },
    ingresses: attributed,
    ignored,
    belowMinSeverity,
    elsewhere: gathered.elsewhere.length,
    ofOthers: gathered.ofOthers?.length ?? null,
    unknownDeployer: gathered.unknownDeployer,
    unreadable: countUnreadable(gathered),
    problems: [...gathered.problems, ...audit.problems],
  };
  return buildReport(outcome, lookup, audit.tool);
}
