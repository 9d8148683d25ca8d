import type { Answer } from "../http/answer.ts";
import { failure, notFound, Refusal } from "../http/answer.ts";
import type { Need, Token } from "../state/caller.ts";
import type { Comment, Issue, Repository } from "../state/repository.ts";
import type { User } from "../state/users.ts";
import type { World } from "../state/world.ts";
import type { PullRequest } from "../views/pull-view.ts";

/** One request that GitHub's description allows, from a caller who may see the repository. */
export interface Call {
  readonly world: World;
  readonly token: Token | null;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** As the description has it; an operation names the properties that it reads. */
  readonly body: unknown;
  readonly accept: string;
  readonly rate: {
    readonly limit: number;
    readonly remaining: number;
    readonly reset: number;
    readonly used: number;
  };
}

export interface RepositoryCall extends Call {
  readonly repository: Repository;
}

/** What the server does for one operation of the description. */
export interface RepositoryOperation {
  /** What the token must hold: any of these. */
  readonly needs: readonly Need[] | ((call: RepositoryCall) => readonly Need[]);
  readonly run: (call: RepositoryCall) => Answer | Promise<Answer>;
}

export type Operations = Readonly<Record<string, RepositoryOperation>>;

/** Issues and pull requests are commented, labelled and assigned through the same operations, with either permission. */
export function issueNeeds(level: "read" | "write") {
  return (call: RepositoryCall): readonly Need[] => {
    const number =
      call.path.issue_number ?? call.repository.comments.get(Number(call.path.comment_id))?.issue;
    const isPull = call.repository.issues.get(Number(number))?.pull !== undefined;
    return isPull
      ? [
          ["pull_requests", level],
          ["issues", level],
        ]
      : [["issues", level]];
  };
}

export function issueOf(call: RepositoryCall): Issue {
  const issue = call.repository.issues.get(Number(call.path.issue_number));
  if (issue === undefined) throw new Refusal(notFound());
  if (issue.pull === undefined) requireIssues(call);
  return issue;
}

export function pullOf(call: RepositoryCall): PullRequest {
  const issue = call.repository.issues.get(Number(call.path.pull_number));
  if (issue === undefined || !isPull(issue)) throw new Refusal(notFound());
  return issue;
}

export function isPull(issue: Issue): issue is PullRequest {
  return issue.pull !== undefined;
}

export function commentOf(call: RepositoryCall): Comment {
  const comment = call.repository.comments.get(Number(call.path.comment_id));
  if (comment === undefined) throw new Refusal(notFound());
  return comment;
}

/** Where a repository has its issues switched off, they are gone. */
export function requireIssues(call: RepositoryCall): void {
  if (!call.repository.hasIssues) throw new Refusal(failure(410, "Issues are disabled for this repo"));
}

export function callerOf(call: Call): User {
  if (call.token === null) throw new Refusal(failure(401, "Requires authentication"));
  return call.token.user;
}
