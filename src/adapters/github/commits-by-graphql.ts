import type { ForgeCommit } from "../../ports/commit-directory.ts";
import { chunk } from "./chunk.ts";
import { type CommitAnswer, commitQuery, commitsAnswer } from "./commit-query.ts";
import type { Connection } from "./connection.ts";
import { doubtfulPullRequests, forgeCommit } from "./forge-commit.ts";
import { isThere } from "./graphql-nodes.ts";
import { pullRequestCommits } from "./pull-request-commits.ts";

/** More, and GitHub's own time limit for a query comes near. */
const COMMITS_A_QUERY = 50;
const QUERIES_AT_ONCE = 4;
const OPERATION = { doing: "look up the commits' authors and pull requests", needs: "pull-requests: read" };

const WITHHELD = {
  what: "The token may not read pull requests, so who merged and approved a change is not told",
  mend: "Give the token `pull-requests: read`.",
};

interface Batch {
  readonly answers: readonly CommitAnswer[];
  readonly repository: string;
  readonly defaultBranch: string | null;
  readonly isWithheld: boolean;
}

/** Look commits up by the fifty. One that GitHub does not have is left out. */
export async function commitsByGraphql(
  connection: Connection,
  shas: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ForgeCommit>> {
  const batches: Batch[] = [];
  for (const some of chunk(chunk(shas, COMMITS_A_QUERY), QUERIES_AT_ONCE)) {
    batches.push(...(await Promise.all(some.map((batch) => askBatch(connection, batch, signal)))));
  }
  const doubtful = batches.flatMap((batch) =>
    batch.answers.flatMap((answer) => doubtfulPullRequests(answer, batch)),
  );
  const brought = await pullRequestCommits(connection, doubtful, signal);
  const reason = batches.some(({ isWithheld }) => isWithheld) ? { withheld: WITHHELD } : {};
  return new Map(
    batches.flatMap((batch) =>
      batch.answers.map(
        (answer) => [answer.oid, { ...forgeCommit(answer, { ...batch, brought }), ...reason }] as const,
      ),
    ),
  );
}

async function askBatch(
  connection: Connection,
  shas: readonly string[],
  signal: AbortSignal,
): Promise<Batch> {
  const optional = ["associatedPullRequests"];
  const query = commitQuery(shas);
  const { data, withheld } = await connection.query(OPERATION, commitsAnswer, signal, query, optional);
  return {
    answers: shas.map((_, index) => data.commits[`c${index}`] ?? null).filter(isThere),
    repository: data.self.nameWithOwner,
    defaultBranch: data.self.defaultBranchRef?.name ?? null,
    isWithheld: withheld.length > 0,
  };
}
