import * as z from "zod";
import { chunk } from "./chunk.ts";
import type { Connection } from "./connection.ts";
import { isRefusal } from "./find-viewer.ts";
import { actor, loginOf } from "./graphql-actor.ts";

const ISSUES_A_QUERY = 50;

const closer = z.object({ timelineItems: z.object({ nodes: z.array(z.object({ actor })) }) }).nullable();
const answer = z.object({ repository: z.record(z.string(), closer) });

/**
 * Who closed each issue last, as its timeline tells; for those whose list entry does not say. An issue of which nothing is
 * known, or all of them where the token may not ask by GraphQL, is left out.
 */
export async function findClosers(
  connection: Connection,
  numbers: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  const closers = new Map<number, string>();
  const operation = { doing: "look up who closed the drift issues", needs: "issues: read" };
  try {
    for (const some of chunk(numbers, ISSUES_A_QUERY)) {
      const { data } = await connection.query(operation, answer, signal, queryFor(some));
      for (const number of some) {
        const login = loginOf(data.repository[`i${number}`]?.timelineItems.nodes[0]?.actor ?? null);
        if (login !== null) closers.set(number, login);
      }
    }
  } catch (error) {
    if (!isRefusal(error)) throw error;
    connection.log("Who closed the drift issues is not known, as GitHub refuses GraphQL");
  }
  return closers;
}

function queryFor(numbers: readonly number[]): string {
  const issues = numbers.map((number) => `i${number}: issue(number: ${number}) { ...closer }`);
  return `query ($owner: String!, $name: String!) {
    repository(owner: $owner, name: $name) { ${issues.join("\n")} }
  }
  fragment closer on Issue {
    timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) {
      nodes { ... on ClosedEvent { actor { __typename login } } }
    }
  }`;
}
