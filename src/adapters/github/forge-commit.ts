import type { ForgeCommit } from "../../ports/commit-directory.ts";
import { type ConnectedPullRequest, choosePullRequest } from "./choose-pull-request.ts";
import type { CommitAnswer, PullRequestAnswer } from "./commit-query.ts";
import { loginOf, plausibleLogin } from "./graphql-actor.ts";
import { isThere } from "./graphql-nodes.ts";

/** What tells a commit's own pull request from others that hold it. */
export interface Surroundings {
  /** `owner/name` as GitHub writes it: a fork's commit is connected with other repositories' pull requests. */
  readonly repository: string;
  readonly defaultBranch: string | null;
  /** The commits that a pull request brings, by its number, for those that are in doubt. */
  readonly brought: ReadonlyMap<number, ReadonlySet<string>>;
}

export function forgeCommit(answer: CommitAnswer, surroundings: Surroundings): ForgeCommit {
  const here = pullRequestsHere(answer, surroundings.repository);
  const chosen = choosePullRequest(
    answer.oid,
    here.map((each) => connected(answer.oid, each, surroundings)),
  );
  return {
    logins: loginsOf(answer),
    pullRequest: chosen?.pullRequest ?? null,
    ...(chosen?.isOpen === true ? { isOpen: true } : {}),
    url: answer.url,
  };
}

/**
 * The merged pull requests of which their own commits must tell whether they brought this one. GitHub names the one that
 * did for a commit on the default branch; for any other commit it names all whose branch holds it.
 *
 * @see https://docs.github.com/en/rest/commits/commits#list-pull-requests-associated-with-a-commit
 */
export function doubtfulPullRequests(
  answer: CommitAnswer,
  { repository, defaultBranch }: Omit<Surroundings, "brought">,
): readonly number[] {
  const merged = pullRequestsHere(answer, repository).filter(({ mergedAt }) => mergedAt !== null);
  if (merged.some(({ mergeCommit }) => mergeCommit?.oid === answer.oid)) return [];
  return merged.filter(({ baseRefName }) => baseRefName !== defaultBranch).map(({ number }) => number);
}

function pullRequestsHere(answer: CommitAnswer, repository: string): readonly PullRequestAnswer[] {
  return (answer.associatedPullRequests ?? []).filter(
    ({ baseRepository }) => baseRepository?.nameWithOwner === repository,
  );
}

function connected(
  sha: string,
  answer: PullRequestAnswer,
  { defaultBranch, brought }: Surroundings,
): ConnectedPullRequest {
  const mergeCommit = answer.mergeCommit?.oid ?? null;
  const approvals = (answer.latestOpinionatedReviews ?? []).filter(({ state }) => state === "APPROVED");
  return {
    number: answer.number,
    url: answer.url,
    mergedBy: loginOf(answer.mergedBy),
    approvedBy: approvals.map(({ author }) => loginOf(author)).filter(isThere),
    mergedAt: answer.mergedAt,
    isOpen: answer.state === "OPEN",
    mergeCommit,
    isSource:
      mergeCommit === sha ||
      answer.baseRefName === defaultBranch ||
      brought.get(answer.number)?.has(sha) === true,
  };
}

function loginsOf({ authors }: CommitAnswer): ReadonlyMap<string, string> {
  return new Map(
    authors.flatMap(({ email, user }) => {
      const login = plausibleLogin(user?.login);
      return email === null || login === null ? [] : [[email.toLowerCase(), login] as const];
    }),
  );
}
