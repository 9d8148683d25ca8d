import { severityCounts, worstFirst } from "../../report/worst-first.ts";
import type { ModeOutcome } from "../assembly/github/mode-outcome.ts";
import type { OutputName } from "./input-names.ts";

/** Paths of what was written. */
export interface ReportFiles {
  readonly json?: string;
  readonly sarif?: string;
  readonly review?: string;
}

/** The step's outputs as text; what does not apply is "". */
export function outputsOf(
  { report, appliedRevision, commentUrl, issueNumbers = [] }: ModeOutcome,
  files: ReportFiles,
): Readonly<Record<OutputName, string>> {
  const severities = report === null ? [] : severityCounts(worstFirst(report, { showIgnored: false }));
  return {
    diverged: String(report?.summary.diverged ?? ""),
    "verdict-counts": report === null ? "" : JSON.stringify(report.summary.verdicts),
    "severity-counts": report === null ? "" : JSON.stringify(Object.fromEntries(severities)),
    "max-severity": severities[0]?.[0] ?? "",
    "report-path": files.json ?? "",
    "sarif-path": files.sarif ?? "",
    "review-path": files.review ?? "",
    "comment-url": commentUrl ?? "",
    "issue-numbers": issueNumbers.join(","),
    "applied-revision": appliedRevision ?? report?.cluster.appliedRevision ?? "",
  };
}
