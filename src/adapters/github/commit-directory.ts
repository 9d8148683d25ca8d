import type { CommitDirectory, ForgeCommit } from "../../ports/commit-directory.ts";
import { chunk } from "./chunk.ts";
import { commitQuery, commitsAnswer } from "./commit-query.ts";
import { commitsByRest, MOST_COMMITS_BY_REST } from "./commits-by-rest.ts";
import type { Connection } from "./connection.ts";
import { isRefusal } from "./find-viewer.ts";
import { doubtfulPullRequests, forgeCommit } from "./forge-commit.ts";
import { isThere } from "./graphql-nodes.ts";
import { pullRequestCommits } from "./pull-request-commits.ts";

/** More, and GitHub's own time limit for a query comes near. */
const COMMITS_A_QUERY = 50;
const QUERIES_AT_ONCE = 4;
const OPERATION = { doing: "look up the commits' authors and pull requests", needs: "pull-requests: read" };

type Found = ReadonlyMap<string, ForgeCommit>;

/** Commits as GitHub knows them, each asked for once a run. */
export function commitDirectory(connection: Connection): CommitDirectory {
  const known = new Map<string, ForgeCommit | null>();
  return {
    lookUp: async (shas, signal) => {
      const wanted = [...new Set(shas)].filter(isSha);
      const unknown = wanted.filter((sha) => !known.has(sha));
      const found = await lookUpAll(connection, unknown, signal);
      for (const sha of unknown) known.set(sha, found.get(sha) ?? null);
      return new Map(
        wanted.flatMap((sha) => {
          const commit = known.get(sha) ?? null;
          return commit === null ? [] : [[sha, commit] as const];
        }),
      );
    },
  };
}

async function lookUpAll(
  connection: Connection,
  shas: readonly string[],
  signal: AbortSignal,
): Promise<Found> {
  try {
    const found: Found[] = [];
    for (const batches of chunk(chunk(shas, COMMITS_A_QUERY), QUERIES_AT_ONCE)) {
      found.push(...(await Promise.all(batches.map((batch) => lookUpBatch(connection, batch, signal)))));
    }
    return new Map(found.flatMap((some) => [...some]));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    connection.log(
      `GitHub refuses GraphQL: only the first ${MOST_COMMITS_BY_REST} commits are looked up, one by one`,
    );
    return commitsByRest(connection, shas, signal);
  }
}

async function lookUpBatch(
  connection: Connection,
  shas: readonly string[],
  signal: AbortSignal,
): Promise<Found> {
  const { data, withheld } = await connection.query(OPERATION, commitsAnswer, signal, commitQuery(shas), [
    "associatedPullRequests",
  ]);
  const repository = data.self.nameWithOwner;
  const defaultBranch = data.self.defaultBranchRef?.name ?? null;
  const answers = shas.map((_, index) => data.commits[`c${index}`] ?? null).filter(isThere);
  const doubtful = answers.flatMap((answer) => doubtfulPullRequests(answer, { repository, defaultBranch }));
  const brought = await pullRequestCommits(connection, doubtful, signal);
  const reason = withheld.length > 0 ? { withheld: WITHHELD } : {};
  return new Map(
    answers.map((answer) => [
      answer.oid,
      { ...forgeCommit(answer, { repository, defaultBranch, brought }), ...reason },
    ]),
  );
}

const WITHHELD = {
  what: "The token may not read pull requests, so who merged and approved a change is not told",
  mend: "Give the token `pull-requests: read`.",
};

/** Not the zeros that stand for changes not committed. */
function isSha(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) && !/^0+$/.test(text);
}
