import type { CommentSettings, PostedComment } from "../../../audit/pull-request/post-review.ts";
import type { PullRequestFacts } from "../../../audit/pull-request/pull-request-request.ts";
import { runPullRequest } from "../../../audit/pull-request/run-pull-request.ts";
import { AuditError } from "../../../model/audit-error.ts";
import type { GitHistory } from "../../../ports/git-history.ts";
import type { ForgePullRequest } from "../../../ports/pull-requests.ts";
import { own, type Phrase, say, value } from "../../../report/phrase.ts";
import type { Assembled } from "../assemble.ts";
import { exitStatus } from "../fail-on.ts";
import type { GithubContext } from "./github-context.ts";
import type { CommentOptions, FailureOptions } from "./mode-options.ts";
import type { ModeOutcome } from "./mode-outcome.ts";
import { reportFailure } from "./report-failure.ts";

interface Reviewing {
  readonly context: GithubContext;
  /** Whether GitHub may be asked and written to. */
  readonly canAsk: boolean;
}

/** Review a pull request against the cluster, and keep its one comment. */
export async function pullRequestMode(
  assembled: Assembled,
  options: CommentOptions & FailureOptions,
  { context, canAsk }: Reviewing,
): Promise<ModeOutcome> {
  const { request, ports, forge: connect } = assembled;
  const forge = canAsk ? await connect() : null;
  const found = await factsOf(options, context, async (number) =>
    forge === null ? null : forge.pullRequests.read(number, request.signal),
  );
  const pullRequest = { ...found, mergeSha: await mergeCommit(ports.git, found.number) };
  const settings: CommentSettings = {
    cluster: request.clusterName,
    configurationPath: assembled.configurationPath,
    commentKey: options.commentKey ?? null,
    mentions: options.mentions,
    serverUrl: context.serverUrl,
    run: { ...context.run, at: request.now.toISOString(), url: context.runUrl, reportUrl: context.runUrl },
    isOutdated: async (signal) => {
      const now = await forge?.pullRequests.read(pullRequest.number, signal);
      return now !== null && now !== undefined && now.headSha !== pullRequest.headSha;
    },
  };
  const result = await runPullRequest({ audit: request, pullRequest }, settings, {
    ...ports,
    directory: forge?.commits ?? null,
    thread: forge?.thread(pullRequest.number) ?? null,
  });
  const { report, comment, clusterError } = result;
  const status = report === null ? 0 : exitStatus(report, options.failOn ?? "none", options.allowProblems);
  return {
    report,
    review: result.review,
    preface: result.markdown,
    lines: [sentence(pullRequest, comment)],
    failure: report === null ? null : reportFailure(report, status),
    shortfalls: [clusterError, comment.kind === "not-posted" ? notPosted(comment) : null].filter(
      (each) => each !== null,
    ),
    ...(comment.url === null ? {} : { commentUrl: comment.url }),
  };
}

type Facts = Omit<PullRequestFacts, "mergeSha">;

/** What the workflow's event says of the pull request, else what GitHub does. */
async function factsOf(
  { pullRequest: wanted }: CommentOptions,
  context: GithubContext,
  read: (number: number) => Promise<ForgePullRequest | null>,
): Promise<Facts> {
  const event = (await context.readEvent()).pull_request;
  const number = wanted ?? event?.number;
  if (number === undefined) {
    throw new AuditError({
      code: "usage",
      what: "It is not known which pull request is meant",
      mend: "Run on the event pull_request, or give its number (--pull-request; in a workflow: pull-request).",
    });
  }
  const known = await read(number);
  if (known !== null) {
    const { baseRef, baseSha, headRef, headSha, headRepository, state } = known;
    const isFork = headRepository !== null && headRepository !== context.repository;
    const owner = headRepository?.split("/")[0];
    return {
      number,
      baseRef,
      baseRevision: baseSha,
      headRef: isFork ? `${owner}:${headRef}` : headRef,
      headSha,
      state,
    };
  }
  if (event === undefined || event.number !== number) {
    throw new AuditError({
      code: "pull-request-unknown",
      what: `There is no pull request #${number}, or it may not be read`,
      where: { pullRequest: number },
      mend: "Check the number, and that the token has pull-requests: read.",
    });
  }
  const { base, head } = event;
  return {
    number,
    baseRef: base.ref,
    baseRevision: base.sha,
    headRef: head.ref,
    headSha: head.sha,
    state: "open",
  };
}

/** What actions/checkout fetches for a pull request, where it is at hand. */
async function mergeCommit(git: GitHistory, number: number): Promise<string | null> {
  for (const ref of [`refs/remotes/pull/${number}/merge`, `refs/pull/${number}/merge`]) {
    try {
      return await git.resolveCommit(ref);
    } catch (error) {
      if (!(error instanceof AuditError) || error.code !== "ref-not-found") throw error;
    }
  }
  return null;
}

function sentence({ number }: Facts, { kind, url }: PostedComment): Phrase {
  const where = url === null ? [] : say` (${value(url)})`;
  return say`Pull request #${value(String(number))}: comment ${own(kind)}${where}`;
}

/** A token of a pull request from a fork may not write: then the summary and the files have to do. */
function notPosted({ error }: PostedComment & { kind: "not-posted" }): AuditError {
  return (
    error ??
    new AuditError({
      code: "comment-not-posted",
      what: "The review was not posted as a comment, because there is no token to sign in with",
      mend: "See this run's summary; for pull requests from forks use the workflow that posts their reviews afterwards.",
    })
  );
}
