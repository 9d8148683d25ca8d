import { runDriftIssues } from "../../../audit/drift-issues/run-drift-issues.ts";
import { threadKey } from "../../../audit/reporting/thread-key.ts";
import { runTracedAudit } from "../../../audit/run-traced-audit.ts";
import type { AuditReport } from "../../../report/audit-report.ts";
import type { IssueResult } from "../../../report/drift-issue/issue-result.ts";
import { issueLine, issuesSummary } from "../../../report/drift-issue/issues-summary.ts";
import { linksFor } from "../../../report/links.ts";
import { exitStatus } from "../fail-on.ts";
import type { IssueOptions, PostingOptions } from "./mode-options.ts";
import type { ModeOutcome } from "./mode-outcome.ts";
import { assembleRun, completed, type ModeRun } from "./mode-run.ts";
import { reportFailure } from "./report-failure.ts";

/** Audit, and keep the issues about drift in step with what was found. */
export async function issuesMode(run: ModeRun, options: IssueOptions & PostingOptions): Promise<ModeOutcome> {
  const { context, failure } = run;
  const assembled = await assembleRun(run);
  const { request, ports, configurationPath } = assembled;
  // First of all: without a forge there is nothing that an audit could be for.
  const forge = await assembled.forge();
  const traced = await runTracedAudit(request, ports);
  const report = await completed(run, assembled, traced.report);
  const { issues, failure: unwritten } = await runDriftIssues(
    {
      audit: { ...traced, report },
      key: threadKey({
        cluster: request.clusterName,
        configurationPath,
        commentKey: options.commentKey ?? null,
      }),
      options: { ...options, allowProblems: failure.allowProblems },
      links: linksFor(report, context.serverUrl),
      runUrl: context.runUrl,
      now: request.now,
      signal: request.signal,
    },
    { tracker: forge.issues, directory: forge.commits, git: ports.git, progress: ports.progress },
  );
  return {
    report,
    preface: issuesSummary(issues),
    lines: issues.filter(({ outcome }) => outcome !== "unchanged").map(issueLine),
    failure: unwritten === null ? failureOf(run, report) : unwrittenFailure(unwritten.message),
    shortfalls: [],
    issueNumbers: openNumbers(issues),
  };
}

function failureOf({ failure }: ModeRun, report: AuditReport): ModeOutcome["failure"] {
  const { failOn = "none", allowProblems } = failure;
  return reportFailure(report, exitStatus(report, failOn, allowProblems));
}

function unwrittenFailure(why: string): ModeOutcome["failure"] {
  const message = `${why}\nWhat is written stays; the next run writes the rest.`;
  return { status: 2, title: "Not every issue could be written", message };
}

function openNumbers(issues: readonly IssueResult[]): readonly number[] {
  return issues
    .filter(({ outcome }) => OPEN.includes(outcome))
    .flatMap(({ number }) => number ?? [])
    .sort((left, right) => left - right);
}

const OPEN: readonly IssueResult["outcome"][] = ["opened", "reopened", "updated", "unchanged"];
