import { enrichCommits } from "../../../audit/enrich-commits.ts";
import { runAudit } from "../../../audit/run-audit.ts";
import type { AuditReport } from "../../../report/audit-report.ts";
import type { Assembled } from "../assemble.ts";
import { exitStatus } from "../fail-on.ts";
import type { FailureOptions } from "./mode-options.ts";
import type { ModeOutcome } from "./mode-outcome.ts";
import { reportFailure } from "./report-failure.ts";

/** Audit, and post nothing. @param canAsk Whether GitHub may be asked who wrote the commits. */
export async function auditMode(
  { request, ports, forge, configuration }: Assembled,
  options: FailureOptions & { readonly canAsk: boolean },
): Promise<ModeOutcome> {
  const audited = await runAudit(request, ports);
  const report = options.canAsk ? await enriched(audited, forge, request.signal) : audited;
  const status = exitStatus(
    report,
    options.failOn ?? configuration.failOn ?? "pending",
    options.allowProblems,
  );
  return { report, preface: null, lines: [], failure: reportFailure(report, status), shortfalls: [] };
}

/** @returns The report with logins and pull requests; as it was, with a warning, where GitHub cannot be asked. */
export async function enriched(report: AuditReport, forge: Assembled["forge"], signal: AbortSignal) {
  if (!report.ingresses.some(({ divergences }) => divergences.length > 0)) return report;
  const { commits } = await forge();
  return await enrichCommits(report, commits, signal);
}
