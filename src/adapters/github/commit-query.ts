import * as z from "zod";
import { actor } from "./graphql-actor.ts";
import { nodes } from "./graphql-nodes.ts";

const pullRequest = z.object({
  number: z.int(),
  url: z.string(),
  state: z.enum(["OPEN", "CLOSED", "MERGED"]),
  mergedAt: z.string().nullable(),
  mergeCommit: z.object({ oid: z.string() }).nullable(),
  mergedBy: actor,
  baseRefName: z.string(),
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

export type CommitAnswer = z.output<typeof commit>;
export type PullRequestAnswer = z.output<typeof pullRequest>;

/** What {@link commitQuery} is answered: `c0`, `c1` … in the order asked for, null for what is no commit there. */
export const commitsAnswer = z.object({
  self: z.object({
    nameWithOwner: z.string(),
    defaultBranchRef: z.object({ name: z.string() }).nullable(),
  }),
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
    self: repository(owner: $owner, name: $name) { nameWithOwner defaultBranchRef { name } }
    commits: repository(owner: $owner, name: $name) { ${commits.join("\n")} }
  }
  fragment commit on Commit {
    oid
    url
    authors(first: 20) { nodes { email user { login } } }
    associatedPullRequests(first: 10) {
      nodes {
        number url state mergedAt
        mergeCommit { oid }
        mergedBy { __typename login }
        baseRefName
        baseRepository { nameWithOwner }
        latestOpinionatedReviews(first: 20) { nodes { state author { __typename login } } }
      }
    }
  }`;
}
