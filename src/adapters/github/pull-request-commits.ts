import * as z from "zod";
import { chunk } from "./chunk.ts";
import type { Connection } from "./connection.ts";
import { nodes } from "./graphql-nodes.ts";

const PULL_REQUESTS_A_QUERY = 50;
const MOST_QUERIES = 20;
const OPERATION = { doing: "look up the commits of pull requests", needs: "pull-requests: read" };

const commits = nodes(z.object({ commit: z.object({ oid: z.string() }) }));
const answer = z.object({ repository: z.record(z.string(), z.object({ commits }).nullable()) });

/** The commits that each pull request brings, by its number: the last hundred of each, of a thousand at most. */
export async function pullRequestCommits(
  connection: Connection,
  numbers: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const found = new Map<number, ReadonlySet<string>>();
  const queries = chunk([...new Set(numbers)], PULL_REQUESTS_A_QUERY).slice(0, MOST_QUERIES);
  for (const some of queries) {
    const { data } = await connection.query(OPERATION, answer, signal, queryFor(some));
    for (const number of some) {
      const shas = data.repository[`p${number}`]?.commits.map(({ commit }) => commit.oid);
      found.set(number, new Set(shas));
    }
  }
  return found;
}

function queryFor(numbers: readonly number[]): string {
  const pulls = numbers.map((number) => `p${number}: pullRequest(number: ${number}) { ...commits }`);
  return `query ($owner: String!, $name: String!) {
    repository(owner: $owner, name: $name) { ${pulls.join("\n")} }
  }
  fragment commits on PullRequest { commits(last: 100) { nodes { commit { oid } } } }`;
}
