import { runDriftIssues } from "../../../audit/drift-issues/run-drift-issues.ts";
import { threadKey } from "../../../audit/drift-issues/thread-key.ts";
import { runTracedAudit } from "../../../audit/run-traced-audit.ts";
import type { IssueResult } from "../../../report/drift-issue/issue-result.ts";
import { issuesSummary } from "../../../report/drift-issue/issues-summary.ts";
import { linksFor } from "../../../report/links.ts";
import { own, type Phrase, say, value } from "../../../report/phrase.ts";
import type { Assembled } from "../assemble.ts";
import { exitStatus } from "../fail-on.ts";
import { enriched } from "./audit-mode.ts";
import type { GithubContext } from "./github-context.ts";
import type { CommentOptions, FailureOptions, IssueOptions } from "./mode-options.ts";
import type { ModeOutcome } from "./mode-outcome.ts";
import { reportFailure } from "./report-failure.ts";

/** Audit, and keep the issues about drift in step with what was found. */
export async function issuesMode(
  assembled: Assembled,
  options: IssueOptions & FailureOptions & Pick<CommentOptions, "commentKey">,
  context: GithubContext,
): Promise<ModeOutcome> {
  const { request, ports, forge: connect, configurationPath } = assembled;
  const { signal, now, clusterName } = request;
  const traced = await runTracedAudit(request, ports);
  const report = await enriched(traced.report, connect, signal);
  const forge = await connect();
  const { issues, failure } = await runDriftIssues(
    {
      audit: { ...traced, report },
      key: threadKey({ cluster: clusterName, configurationPath, commentKey: options.commentKey ?? null }),
      options,
      links: linksFor(report, context.serverUrl),
      runUrl: context.runUrl,
      now,
      signal,
    },
    { tracker: forge.issues, directory: forge.commits, git: ports.git, progress: ports.progress },
  );
  const status = exitStatus(report, options.failOn ?? "none", options.allowProblems);
  return {
    report,
    preface: issuesSummary(issues),
    lines: issues.filter(({ outcome }) => outcome !== "unchanged").map(sentence),
    failure:
      failure === null
        ? reportFailure(report, status)
        : {
            status: 2,
            title: "Not every issue could be written",
            message: `${failure.what}. ${failure.mend}`,
          },
    shortfalls: [],
    issueNumbers: issues.flatMap(({ number, outcome }) =>
      number === null || outcome === "merged" ? [] : [number],
    ),
  };
}

function sentence({ outcome, subject, number, why }: IssueResult): Phrase {
  const issue = number === null ? [] : say` #${value(String(number))}`;
  return say`${value(subject)}: ${own(outcome)}${issue}${why === null ? [] : say`, as ${value(why)}`}`;
}
