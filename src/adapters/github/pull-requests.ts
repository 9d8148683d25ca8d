import * as z from "zod";
import type { ForgePullRequest, PullRequests } from "../../ports/pull-requests.ts";
import type { Connection } from "./connection.ts";
import { unlessGone } from "./unless-gone.ts";

const sha = z.string().regex(/^[0-9a-f]{40}$/);
const side = z.object({ ref: z.string(), sha, repo: z.object({ full_name: z.string() }).nullable() });
const pullRequest = z.object({
  number: z.int(),
  state: z.enum(["open", "closed"]),
  merged: z.boolean(),
  base: side,
  head: side,
});

/** As GitHub has them now. */
export function pullRequests(connection: Connection): PullRequests {
  return {
    read: async (number, signal) => {
      const operation = { doing: `read pull request #${number}`, needs: "pull-requests: read" };
      const found = await unlessGone(
        connection.send(operation, pullRequest, signal, ({ rest }, common) =>
          rest.pulls.get({ ...common, pull_number: number }),
        ),
      );
      return found === null ? null : toPullRequest(found);
    },
  };
}

function toPullRequest({
  number,
  state,
  merged,
  base,
  head,
}: z.output<typeof pullRequest>): ForgePullRequest {
  return {
    number,
    state: merged ? "merged" : state,
    baseRef: base.ref,
    baseSha: base.sha,
    headRef: head.ref,
    headSha: head.sha,
    headRepository: head.repo?.full_name ?? null,
  };
}
