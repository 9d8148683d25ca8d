import * as z from "zod";
import type { ForgeCommit } from "../../ports/commit-directory.ts";
import { type ConnectedPullRequest, choosePullRequest } from "./choose-pull-request.ts";
import { actor, loginOf, plausibleLogin } from "./graphql-actor.ts";

const nodes = <Node extends z.ZodType>(node: Node) =>
  z
    .object({ nodes: z.array(node.nullable()).nullable() })
    .transform(({ nodes }) => (nodes ?? []).filter(isThere));

const pullRequest = z.object({
  number: z.int(),
  url: z.string(),
  state: z.enum(["OPEN", "CLOSED", "MERGED"]),
  mergedAt: z.string().nullable(),
  mergeCommit: z.object({ oid: z.string() }).nullable(),
  mergedBy: actor,
  baseRepository: z.object({ nameWithOwner: z.string() }).nullable(),
  latestOpinionatedReviews: nodes(z.object({ state: z.string(), author: actor })).nullable(),
});

const commit = z.object({
  oid: z.string(),
  url: z.string(),
  authors: nodes(
    z.object({ email: z.string().nullable(), user: z.object({ login: z.string() }).nullable() }),
  ),
  /** null where the token may not read pull requests. */
  associatedPullRequests: nodes(pullRequest).nullable(),
});

type CommitAnswer = z.output<typeof commit>;
type PullRequestAnswer = z.output<typeof pullRequest>;

/** What {@link commitQuery} is answered: `c0`, `c1` … in the order asked for, null for what is no commit there. */
export const commitsAnswer = z.object({
  self: z.object({ nameWithOwner: z.string() }),
  commits: z.record(z.string(), z.union([commit, z.strictObject({}).transform(() => null)]).nullable()),
});

/**
 * Ask for commits by their full shas, with the authors that GitHub has accounts for and how they were merged.
 *
 * @see https://docs.github.com/en/graphql/reference/objects#commit
 */
export function commitQuery(shas: readonly string[]): string {
  const commits = shas.map((sha, index) => `c${index}: object(oid: "${sha}") { ...commit }`);
  return `query ($owner: String!, $name: String!) {
    self: repository(owner: $owner, name: $name) { nameWithOwner }
    commits: repository(owner: $owner, name: $name) { ${commits.join("\n")} }
  }
  fragment commit on Commit {
    oid
    url
    authors(first: 20) { nodes { email user { login } } }
    associatedPullRequests(first: 5) {
      nodes {
        number url state mergedAt
        mergeCommit { oid }
        mergedBy { __typename login }
        baseRepository { nameWithOwner }
        latestOpinionatedReviews(first: 20) { nodes { state author { __typename login } } }
      }
    }
  }`;
}

/** @param repository The repository's own name: a commit of a fork is connected with other repositories' pull requests. */
export function toForgeCommit(answer: CommitAnswer, repository: string): ForgeCommit {
  const pullRequests = answer.associatedPullRequests ?? [];
  const here = pullRequests.filter(({ baseRepository }) => baseRepository?.nameWithOwner === repository);
  return {
    logins: loginsOf(answer),
    pullRequest: choosePullRequest(answer.oid, here.map(toConnected)),
    url: answer.url,
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

function toConnected(answer: PullRequestAnswer): ConnectedPullRequest {
  const approvals = (answer.latestOpinionatedReviews ?? []).filter(({ state }) => state === "APPROVED");
  return {
    number: answer.number,
    url: answer.url,
    mergedBy: loginOf(answer.mergedBy),
    approvedBy: approvals.map(({ author }) => loginOf(author)).filter(isThere),
    mergedAt: answer.mergedAt,
    isOpen: answer.state === "OPEN",
    mergeCommit: answer.mergeCommit?.oid ?? null,
  };
}

function isThere<T>(value: T | null): value is T {
  return value !== null;
}
