import type { PullRequestFacts } from "../../../audit/pull-request/pull-request-request.ts";
import type { ForgePullRequest } from "../../../ports/pull-requests.ts";
import type { GithubContext } from "./github-context.ts";
import type { GithubEvent } from "./github-event.ts";

/** A pull request, and whether it comes from another repository. */
export interface KnownPullRequest {
  readonly facts: PullRequestFacts;
  readonly isFork: boolean;
}

/** The pull request that started this workflow; null where another event did. */
export async function pullRequestOfEvent(context: GithubContext): Promise<KnownPullRequest | null> {
  const { pull_request: pull } = await context.readEvent();
  if (pull === undefined) return null;
  const isFork = pull.head.repo === null || pull.head.repo.full_name !== pull.base.repo?.full_name;
  return {
    isFork,
    facts: {
      number: pull.number,
      baseRef: pull.base.ref,
      baseRevision: pull.base.sha,
      headRef: named(pull.head.ref, isFork ? ownerOf(pull.head.repo?.full_name ?? null) : null),
      headSha: pull.head.sha,
      // Of any other event it is the branch's; whether it merges this very head is looked at later.
      mergeSha: context.eventName === "pull_request" ? context.sha : null,
      state: stateOf(pull),
    },
  };
}

/** The same of one that was looked up. @param repository Where it is to be merged. */
export function pullRequestOfForge(found: ForgePullRequest, repository: string): KnownPullRequest {
  const isFork = found.headRepository?.toLowerCase() !== repository.toLowerCase();
  return {
    isFork,
    facts: {
      number: found.number,
      baseRef: found.baseRef,
      baseRevision: found.baseSha,
      headRef: named(found.headRef, isFork ? ownerOf(found.headRepository) : null),
      headSha: found.headSha,
      mergeSha: null,
      state: found.state,
    },
  };
}

function stateOf({ state, merged }: NonNullable<GithubEvent["pull_request"]>): PullRequestFacts["state"] {
  return merged === true ? "merged" : state;
}

function ownerOf(repository: string | null): string {
  return repository?.split("/")[0] ?? "unknown repository";
}

function named(ref: string, owner: string | null): string {
  return owner === null ? ref : `${owner}:${ref}`;
}
