import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleGitHub, sampleHistory } from "../../github-server/support/sample-github.ts";
import type { GitHubServer } from "../../support/github/github-server.ts";
import { forgeAt, signal } from "./support/forge.ts";

describe("the commit directory", () => {
  let history: Awaited<ReturnType<typeof sampleHistory>>;
  let server: GitHubServer;

  beforeAll(async () => {
    history = await sampleHistory();
    server = await sampleGitHub({ gitDir: history.repository.dir, private: true });
    await server.addPull({
      title: "change web",
      author: "bob",
      head: "feature",
      reviews: [
        { user: "alice", state: "APPROVED" },
        { user: "carol", state: "APPROVED" },
        { user: "carol", state: "CHANGES_REQUESTED" },
      ],
      merged: { by: "carol", commit: history.sha.merge },
    });
  });
  afterAll(async () => {
    history.repository.remove();
    await server.stop();
  });

  it("knows authors and co-authors by address, and the pull request with its merger and approvers", async () => {
    const { commits } = await forgeAt(server);
    const { first, second, third } = history.sha;
    const found = await commits.lookUp([first, second, third, "a".repeat(40), "0".repeat(40)], signal);
    const pullRequest = {
      number: 1,
      url: "https://github.com/acme/shop/pull/1",
      mergedBy: "carol",
      approvedBy: ["alice"],
    };
    const url = (sha: string) => `https://github.com/acme/shop/commit/${sha}`;
    expect([...found]).toEqual([
      [
        first,
        {
          logins: new Map([
            ["alice@example.com", "alice"],
            ["bob@users.noreply.github.com", "bob"],
          ]),
          pullRequest: null,
          url: url(first),
        },
      ],
      [
        second,
        { logins: new Map([["7+bob@users.noreply.github.com", "bob"]]), pullRequest, url: url(second) },
      ],
      [third, { logins: new Map(), pullRequest, url: url(third) }],
    ]);
  });

  it("asks once for each commit", async () => {
    const { commits } = await forgeAt(server);
    const before = server.count("graphql");
    await commits.lookUp([history.sha.first], signal);
    await commits.lookUp([history.sha.first, history.sha.first], signal);
    expect(server.count("graphql") - before).toBe(1);
  });

  it("stays within a few dozen calls for a thousand commits", async () => {
    const { commits } = await forgeAt(server);
    const before = server.requests.length;
    const unknown = Array.from({ length: 1000 }, (_, index) => (index + 1).toString(16).padStart(40, "0"));
    const found = await commits.lookUp([...unknown, history.sha.second], signal);
    expect([...found.keys()]).toEqual([history.sha.second]);
    expect(server.requests.length - before).toBe(21);
  });

  it("tells logins, and why not the rest, where the token may not read pull requests", async () => {
    const token = server.token("github-actions[bot]", { contents: "read" });
    const { commits } = await forgeAt(server, { token });
    const found = await commits.lookUp([history.sha.second], signal);
    expect([...found.values()]).toMatchObject([
      {
        logins: new Map([["7+bob@users.noreply.github.com", "bob"]]),
        pullRequest: null,
        withheld: { mend: "Give the token `pull-requests: read`." },
      },
    ]);
  });

  it("falls back to REST where GraphQL is refused", async () => {
    server.faults.fail(403, { operation: "graphql" });
    const logged: string[] = [];
    const { commits } = await forgeAt(server, { log: (message) => logged.push(message) });
    const { first, second } = history.sha;
    const found = await commits.lookUp([first, second, "a".repeat(40)], signal);
    expect([...found.keys()]).toEqual([first, second]);
    expect(found.get(second)).toEqual({
      logins: new Map([["7+bob@users.noreply.github.com", "bob"]]),
      pullRequest: {
        number: 1,
        url: "https://github.com/acme/shop/pull/1",
        mergedBy: "carol",
        approvedBy: ["alice"],
      },
      url: `https://github.com/acme/shop/commit/${second}`,
    });
    expect(logged).toEqual(["GitHub refuses GraphQL: only the first 12 commits are looked up, one by one"]);
  });
});
