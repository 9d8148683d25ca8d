import { mapCommits } from "../../../audit/pull-request/enrich-review.ts";
import { postReview, reviewText } from "../../../audit/pull-request/post-review.ts";
import { AuditError } from "../../../model/audit-error.ts";
import type { ForgePullRequest } from "../../../ports/pull-requests.ts";
import { own, say } from "../../../report/phrase.ts";
import type { PullRequestReview } from "../../../report/pull-request/pull-request-review.ts";
import { given } from "../given.ts";
import { commentSettings } from "./comment-settings.ts";
import { connectForge, repositoryOf } from "./forge-access.ts";
import type { GithubContext } from "./github-context.ts";
import type { GithubEvent } from "./github-event.ts";
import type { PostingOptions } from "./mode-options.ts";
import type { ModeOutcome } from "./mode-outcome.ts";
import { accessOf, type ModeRun } from "./mode-run.ts";
import { pullRequestOfForge } from "./pull-request-facts.ts";
import { commentLine } from "./pull-request-mode.ts";
import { readReview } from "./read-review.ts";

type WorkflowRun = NonNullable<GithubEvent["workflow_run"]>;

/**
 * Post a review that the workflow of a pull request from a fork has made, in a run of `workflow_run`. Whoever opened the
 * pull request may have written that review: it is posted only to the pull request whose head that run ran for, as GitHub
 * tells, drawn anew from data of the right shape, without mentions, and said to be what it is.
 *
 * @param file The review.
 * @throws {AuditError} `review-unreadable`, `review-not-trusted`, and what the forge throws.
 */
export async function postReviewMode(
  file: string,
  options: PostingOptions,
  run: ModeRun,
): Promise<ModeOutcome> {
  const { context, surroundings } = run;
  const { signal, now, progress } = surroundings;
  const claimed = await readReview(file);
  const { workflow_run: made } = await context.readEvent();
  if (made === undefined)
    throw untrusted("no workflow_run started this workflow, so that nothing tells whose it is");
  const connecting = { context, signal, progress, origin: async () => null };
  const repository = await repositoryOf(accessOf(run), connecting);
  const forge = await connectForge(accessOf(run), connecting);
  const found = await forge.pullRequests.read(claimed.pullRequest.number, signal);
  const pullRequest = checkedPullRequest(claimed, found, made);
  const review = withoutClaims(claimed, pullRequest, repository);
  const settings = {
    // The review's own words must not choose which comment is its own.
    ...commentSettings(
      { cluster: null, configurationPath: null },
      { ...options, mentions: false },
      context,
      now,
    ),
    note: noteOf(made, repository, context),
    isOutdated: async () => pullRequest.headSha !== made.head_sha,
  };
  const comment = await postReview(review, forge.thread(pullRequest.number), settings, { now, signal });
  if (comment.kind === "not-posted" && comment.error !== null) throw comment.error;
  return {
    report: null,
    preface: reviewText(review, settings, now),
    lines: [commentLine(comment), say`for ${own(`#${pullRequest.number}`)}`],
    failure: null,
    shortfalls: [],
    ...given({ commentUrl: comment.url ?? undefined }),
  };
}

/** @throws {AuditError} `review-not-trusted` where the run did not run for this pull request. */
function checkedPullRequest(
  { pullRequest, cluster }: PullRequestReview,
  found: ForgePullRequest | null,
  run: WorkflowRun,
): ForgePullRequest {
  if (found === null) throw untrusted(`there is no pull request #${pullRequest.number}`);
  if (pullRequest.headSha !== run.head_sha)
    throw untrusted("it is of another commit than the run that made it");
  const isItsRepository = found.headRepository === (run.head_repository?.full_name ?? null);
  // A head that has moved on since is no fraud; the next run tells of it.
  if (!isItsRepository || (found.headSha !== run.head_sha && found.headRef !== run.head_branch)) {
    throw untrusted(`the run that made it did not run for pull request #${pullRequest.number}`);
  }
  if (cluster !== null) throw untrusted("it says that it read the cluster, which a fork's run cannot");
  return found;
}

/** What GitHub tells in the place of what the review says of it; and nobody's login, as none is proven. */
function withoutClaims(
  claimed: PullRequestReview,
  pullRequest: ForgePullRequest,
  repository: string,
): PullRequestReview {
  const { facts } = pullRequestOfForge(pullRequest, repository);
  const { number, baseRef, headRef, headSha, state } = facts;
  const nameless = mapCommits(claimed, (commit) => ({
    ...commit,
    author: { ...commit.author, login: null },
    coAuthors: commit.coAuthors.map((person) => ({ ...person, login: null })),
    pullRequest: null,
  }));
  return {
    ...nameless,
    pullRequest: { number, baseRef, headRef, headSha, state },
    git: { ...claimed.git, repository },
    clusterName: null,
    unreadBecause: null,
    ingresses: nameless.ingresses.map((ingress) => ({ ...ingress, unreadBecause: null })),
  };
}

function noteOf({ id }: WorkflowRun, repository: string, { serverUrl }: GithubContext): string {
  const run = `[the pull request’s own run](${serverUrl}/${repository}/actions/runs/${id})`;
  return `From a fork: this is what ${run} says, which whoever opened the pull request may have changed. The cluster was not asked.`;
}

function untrusted(why: string): AuditError {
  return new AuditError({
    code: "review-not-trusted",
    what: `The review is not posted: ${why}`,
    mend: "Look at the run that made it; a pull request may have changed its workflow.",
  });
}
