import type { PostedComment } from "../../../audit/pull-request/post-review.ts";
import { type PullRequestResult, runPullRequest } from "../../../audit/pull-request/run-pull-request.ts";
import { AuditError } from "../../../model/audit-error.ts";
import { linksFor } from "../../../report/links.ts";
import { own, type Phrase, say } from "../../../report/phrase.ts";
import { reviewAnnotations } from "../../../report/pull-request/review-annotations.ts";
import { exitStatus } from "../fail-on.ts";
import { given } from "../given.ts";
import { commentSettings } from "./comment-settings.ts";
import type { FailureOptions, PostingOptions } from "./mode-options.ts";
import type { ModeOutcome } from "./mode-outcome.ts";
import { assembleRun, canAsk, type ModeRun } from "./mode-run.ts";
import type { KnownPullRequest } from "./pull-request-facts.ts";
import { reportFailure } from "./report-failure.ts";

/** Review a pull request against the live cluster, and keep its one comment. */
export async function pullRequestMode(
  run: ModeRun,
  options: PostingOptions,
  pullRequest: KnownPullRequest,
): Promise<ModeOutcome> {
  const { context, failure } = run;
  // By the base's rules: what a pull request changes of them counts once it is merged.
  const assembled = await assembleRun(run, pullRequest.facts.baseRevision);
  const { request, ports, configurationPath } = assembled;
  const { facts } = pullRequest;
  const forge = canAsk(run) ? await assembled.forge() : null;
  const audited = { cluster: request.clusterName, configurationPath };
  const settings = {
    ...commentSettings(audited, options, context, request.now),
    isOutdated: async (signal: AbortSignal) => {
      const found = await forge?.pullRequests.read(facts.number, signal);
      return found != null && found.headSha !== facts.headSha;
    },
  };
  const result = await runPullRequest({ audit: request, pullRequest: facts }, settings, {
    ...ports,
    cluster: pullRequest.isFork && !namesCluster(run) ? null : ports.cluster,
    directory: forge?.commits ?? null,
    thread: forge?.thread(facts.number) ?? null,
  });
  const { review, report, comment, markdown } = result;
  const links = linksFor({ git: { ...review.git, commit: review.git.head } }, context.serverUrl);
  const note = noteOf(result, pullRequest);
  return {
    report,
    review,
    preface: note === null ? markdown : `> [!NOTE]\n> ${note.what}. ${note.mend}\n\n${markdown}`,
    lines: [commentLine(comment)],
    failure: failureOf(result, pullRequest, failure),
    shortfalls: [note, comment.kind === "not-posted" && !pullRequest.isFork ? comment.error : null].filter(
      (error) => error !== null,
    ),
    annotations: reviewAnnotations(review, { now: request.now, links }),
    ...given({ commentUrl: comment.url ?? undefined }),
  };
}

/** Whether there is anything to read: a pull request from a fork gets no secrets, and so no kubeconfig. */
function namesCluster({ source }: ModeRun): boolean {
  return source.kubeconfig !== undefined || source.snapshot !== undefined;
}

/** What became of the comment, in one line. */
export function commentLine(comment: PostedComment): Phrase {
  const at = comment.url === null ? [] : say`: ${own(comment.url)}`;
  switch (comment.kind) {
    case "created":
      return say`The pull request has a comment${at}`;
    case "updated":
      return say`The pull request’s comment is up to date${at}`;
    case "unchanged":
      return say`The pull request’s comment says the same already${at}`;
    case "superseded":
      return say`A later run has the word${at}`;
    case "none":
      return say`The pull request has no comment, as there is nothing to say`;
    case "not-posted":
      return say`No comment was posted`;
    default:
      return comment satisfies never;
  }
}

/** What a pull request from a fork cannot have, and what to do about it. */
function noteOf(
  { comment, clusterError }: PullRequestResult,
  { isFork }: KnownPullRequest,
): AuditError | null {
  if (!isFork || (comment.kind !== "not-posted" && clusterError === null)) return null;
  return new AuditError({
    code: "pull-request-from-a-fork",
    what: "This pull request comes from a fork, whose workflow gets no secrets and a token that may only read, so that the comment is not posted from here",
    mend: "The review is in this summary and in the step's review-path; examples/workflows/pull-request-fork.yml shows how another workflow posts it.",
  });
}

function failureOf(
  { clusterError, review, report }: PullRequestResult,
  { isFork }: KnownPullRequest,
  { failOn = "none", allowProblems }: FailureOptions,
): ModeOutcome["failure"] {
  if (clusterError !== null && !isFork) {
    const { what, mend } = clusterError;
    return { status: 2, title: "The cluster could not be read", message: `${what}.\n${mend}` };
  }
  const [problem] = allowProblems ? [] : review.problems.filter(({ level }) => level === "error");
  if (problem !== undefined) {
    const { message, remedy } = problem;
    return {
      status: 2,
      title: "The pull request brings what cannot be read",
      message: `${message}. ${remedy}`,
    };
  }
  // What the base cannot read is not this pull request's.
  return report === null ? null : reportFailure(report, exitStatus(report, failOn, true));
}
