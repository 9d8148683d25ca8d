import { buildSummary } from "../../../audit/fleet/build-summary.ts";
import type { FleetAudit, FleetCluster } from "../../../audit/fleet/fleet.ts";
import { runFleet } from "../../../audit/fleet/run-fleet.ts";
import { AuditError } from "../../../model/audit-error.ts";
import type { FleetSummary } from "../../../report/fleet/fleet-summary.ts";
import { exitStatus, type FailOn } from "../fail-on.ts";
import { checkOutputs, type Output, type Writing } from "../outputs.ts";
import { TOOL } from "../tool.ts";
import {
  checkFleetOutputs,
  type FleetOutputs,
  type SummaryOutput,
  shownFleet,
  writeFleetReports,
  writeSummaries,
} from "./fleet-outputs.ts";

export interface FleetRun {
  readonly failOn: FailOn;
  readonly allowProblems: boolean;
  readonly outputs: FleetOutputs;
  readonly writing: Writing;
  readonly signal: AbortSignal;
}

/**
 * Audit a fleet and write what it comes to.
 *
 * @returns The exit status, and what goes to standard output.
 */
export async function auditFleet(
  clusters: readonly FleetCluster[],
  run: FleetRun,
): Promise<{ readonly status: 0 | 1 | 2; readonly text: string; readonly summary: FleetSummary }> {
  const { failOn, allowProblems, outputs, writing, signal } = run;
  checkFleetOutputs(
    outputs,
    clusters.flatMap(({ name, members }) => members.map(({ repository }) => ({ cluster: name, repository }))),
  );
  const audits = await runFleet(clusters, signal);
  signal.throwIfAborted();
  const files = await writeFleetReports(audits, outputs.reports, writing);
  const asked = {
    tool: TOOL,
    exitStatusOf: (report: (FleetAudit & { readonly kind: "report" })["report"]) =>
      exitStatus(report, failOn, allowProblems),
    filesOf: (audit: FleetAudit) => files.get(audit) ?? {},
  };
  const summary = buildSummary(audits, asked);
  await writeSummaries(summary, outputs.summaries, writing);
  const isWhole = outputs.reports.some(({ format, file }) => format === "json" && file === null);
  const shown = isWhole ? buildSummary(audits, { ...asked, isWhole }) : summary;
  return {
    status: summary.totals.exitStatus,
    text: await shownFleet(audits, shown, outputs, writing),
    summary,
  };
}

/**
 * Without a word about it, the summary goes where the reports go, in their format. Whoever asks for a summary alone gets
 * no reports beside it.
 *
 * @param reports null where none were asked for.
 * @throws {AuditError} `usage` where two formats would go to standard output.
 */
export function fleetOutputs(
  reports: readonly Output[] | null,
  summaries: readonly SummaryOutput[],
): FleetOutputs {
  const asked = summaries.find(({ file }) => file === null)?.format ?? null;
  const chosen = reports ?? (asked === null ? [{ format: "text", file: null } as const] : []);
  checkOutputs(chosen);
  checkOutputs(summaries);
  const shown = chosen.find(({ file }) => file === null)?.format ?? null;
  if (shown !== null && asked !== null && shown !== asked) {
    throw new AuditError({
      code: "usage",
      what: `Reports as ${shown} and a summary as ${asked} would both go to standard output`,
      mend: `Give one of them a file: --output ${shown}=reports/ or --summary ${asked}=FILE.`,
    });
  }
  if (asked !== null || shown === "sarif") return { reports: chosen, summaries };
  return { reports: chosen, summaries: [...summaries, { format: shown ?? "text", file: null }] };
}
