import type { CommitDirectory, ForgeCommit } from "../../ports/commit-directory.ts";
import { commitsByGraphql } from "./commits-by-graphql.ts";
import { commitsByRest, MOST_COMMITS_BY_REST } from "./commits-by-rest.ts";
import type { Connection } from "./connection.ts";
import { isRefusal } from "./find-viewer.ts";

type Found = ReadonlyMap<string, ForgeCommit>;

/** Commits as GitHub knows them, each asked for once a run. */
export function commitDirectory(connection: Connection): CommitDirectory {
  const known = new Map<string, ForgeCommit | null>();
  return {
    lookUp: async (shas, signal) => {
      const wanted = [...new Set(shas)].filter(isSha);
      const unknown = wanted.filter((sha) => !known.has(sha));
      const found = unknown.length === 0 ? new Map() : await lookUpNew(connection, unknown, signal);
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

async function lookUpNew(
  connection: Connection,
  shas: readonly string[],
  signal: AbortSignal,
): Promise<Found> {
  try {
    return await commitsByGraphql(connection, shas, signal);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    connection.log(
      `GitHub refuses GraphQL: only the first ${MOST_COMMITS_BY_REST} commits are looked up, one by one`,
    );
    return commitsByRest(connection, shas, signal);
  }
}

/** Not the zeros that stand for changes not committed. */
function isSha(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) && !/^0+$/.test(text);
}
