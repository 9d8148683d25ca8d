import * as z from "zod";
import { AuditError } from "../../model/audit-error.ts";
import type { PullRequest } from "../../model/commit.ts";
import type { ForgeCommit } from "../../ports/commit-directory.ts";
import { account } from "./account.ts";
import { type ConnectedPullRequest, choosePullRequest } from "./choose-pull-request.ts";
import type { Connection } from "./connection.ts";
import { plausibleLogin } from "./graphql-actor.ts";

/** Two requests each, and two more for each pull request: so few that they stay within some dozens. */
export const MOST_COMMITS_BY_REST = 12;

const COMMIT = { doing: "look up a commit", needs: "contents: read" };
const PULL = { doing: "look up a commit's pull request", needs: "pull-requests: read" };

const commit = z.object({
  html_url: z.string(),
  author: account,
  commit: z.object({ author: z.object({ email: z.string().optional() }).nullable() }),
});
const connected = z.object({
  number: z.int(),
  html_url: z.string(),
  state: z.string(),
  merged_at: z.string().nullable(),
  merge_commit_sha: z.string().nullable(),
  base: z.object({
    ref: z.string(),
    repo: z.object({ full_name: z.string(), default_branch: z.string() }),
  }),
});
const pull = z.object({ merged_by: account });
const review = z.object({ state: z.string(), user: account });

/** Look commits up one by one, where the token may not ask by GraphQL. Co-authors' logins are not to be had so. */
export async function commitsByRest(
  connection: Connection,
  shas: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ForgeCommit>> {
  const found = new Map<string, ForgeCommit>();
  const details = new Map<number, PullRequest>();
  for (const sha of shas.slice(0, MOST_COMMITS_BY_REST)) {
    const answer = await unlessUnknown(
      connection.send(COMMIT, commit, signal, ({ rest }, common) =>
        rest.repos.getCommit({ ...common, ref: sha }),
      ),
    );
    if (answer === null) continue;
    const chosen = choosePullRequest(sha, await connectedWith(connection, sha, signal));
    const login = plausibleLogin(answer.author?.login);
    const email = answer.commit.author?.email;
    found.set(sha, {
      logins: new Map(login === null || email === undefined ? [] : [[email.toLowerCase(), login]]),
      pullRequest: chosen === null ? null : await detail(connection, chosen.pullRequest, details, signal),
      ...(chosen?.isOpen === true ? { isOpen: true } : {}),
      url: answer.html_url,
    });
  }
  return found;
}

/** A commit that is not there is 422, while 404 hides the whole repository. */
async function unlessUnknown<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AuditError && error.where.status === 422) return null;
    throw error;
  }
}

async function connectedWith(
  connection: Connection,
  sha: string,
  signal: AbortSignal,
): Promise<readonly ConnectedPullRequest[]> {
  const { owner, name } = connection.repository;
  const repository = `${owner}/${name}`.toLowerCase();
  const answers = await connection.send(PULL, z.array(connected), signal, ({ rest }, common) =>
    rest.repos.listPullRequestsAssociatedWithCommit({ ...common, commit_sha: sha }),
  );
  return answers
    .filter(({ base }) => base.repo.full_name.toLowerCase() === repository)
    .map((answer) => ({
      number: answer.number,
      url: answer.html_url,
      mergedBy: null,
      approvedBy: [],
      mergedAt: answer.merged_at,
      isOpen: answer.state === "open",
      mergeCommit: answer.merge_commit_sha,
      // Of any other branch's pull request it is not certain that it brought the commit.
      isSource: answer.merge_commit_sha === sha || answer.base.ref === answer.base.repo.default_branch,
    }));
}

/** With its merger and its approvers, asked for once. */
async function detail(
  connection: Connection,
  chosen: PullRequest,
  known: Map<number, PullRequest>,
  signal: AbortSignal,
): Promise<PullRequest> {
  const already = known.get(chosen.number);
  if (already !== undefined) return already;
  const pull_number = chosen.number;
  const { merged_by: merger } = await connection.send(PULL, pull, signal, ({ rest }, common) =>
    rest.pulls.get({ ...common, pull_number }),
  );
  const reviews = await connection.list(PULL, review, signal, ({ rest, paginate }, common) =>
    paginate.iterator(rest.pulls.listReviews, { ...common, pull_number, per_page: 100 }),
  );
  const whole = { ...chosen, mergedBy: plausibleLogin(merger?.login), approvedBy: approversIn(reviews) };
  known.set(chosen.number, whole);
  return whole;
}

/** Of each reviewer the last opinion counts; a comment is none. */
function approversIn(reviews: readonly z.output<typeof review>[]): readonly string[] {
  const opinions = new Map<string, string>();
  for (const { state, user } of reviews) {
    const login = plausibleLogin(user?.login);
    if (login !== null && ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"].includes(state)) {
      opinions.set(login, state);
    }
  }
  return [...opinions].filter(([, state]) => state === "APPROVED").map(([login]) => login);
}
