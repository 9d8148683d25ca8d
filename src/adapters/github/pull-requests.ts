import * as z from "zod";
import type { ForgePullRequest, NewPullRequest, PullRequests } from "../../ports/pull-requests.ts";
import type { Connection } from "./connection.ts";
import { createOnce } from "./create-once.ts";
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
    open: async (pullRequest, signal) => {
      const { number, html_url } = await openOnce(connection, pullRequest, signal);
      return { number, url: html_url };
    },
  };
}

const opened = z.object({ number: z.int(), html_url: z.string() });

function openOnce(connection: Connection, pullRequest: NewPullRequest, signal: AbortSignal) {
  const { base } = pullRequest;
  const operation = { doing: `open a pull request for ${pullRequest.head}`, needs: "pull-requests: write" };
  const head = `${connection.repository.owner}:${pullRequest.head}`;
  return createOnce({
    create: () =>
      connection.send(operation, opened, signal, ({ rest }, common) =>
        rest.pulls.create({ ...common, ...pullRequest }),
      ),
    find: async () => {
      const found = await connection.send(operation, z.array(opened), signal, ({ rest }, common) =>
        rest.pulls.list({ ...common, head, base, state: "open" }),
      );
      return found[0] ?? null;
    },
    secondMs: connection.pace.secondMs,
    signal,
  });
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
