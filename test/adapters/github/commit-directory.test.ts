import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleGitHub, sampleHistory, USERS } from "../../github-server/support/sample-github.ts";
import type { GitHubServer } from "../../support/github/github-server.ts";
import { startGitHub } from "../../support/github/start-github.ts";
import { RepositoryBuilder } from "../../support/repository/build-repository.ts";
import { forgeAt, signal } from "./support/forge.ts";

const BOB = { name: "Bob", email: "7+bob@users.noreply.github.com" };

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

  it("refuses to say that a commit is unknown where the token may not read any", async () => {
    const token = server.token("github-actions[bot]", { pull_requests: "read" });
    const { commits } = await forgeAt(server, { token });
    await expect(commits.lookUp([history.sha.second], signal)).rejects.toMatchObject({
      code: "forge-forbidden",
      mend: "Give the token `contents: read`; in a workflow that is a line of the job's `permissions:`.",
    });
  });

  it("refuses to say so where the token may not see the repository", async () => {
    const token = server.token("carol", { contents: "read" }, ["acme/other"]);
    const { commits } = await forgeAt(server, { token });
    await expect(commits.lookUp([history.sha.second], signal)).rejects.toMatchObject({
      code: "forge-not-found",
      where: { repository: "acme/shop", status: 404 },
    });
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

describe("commits of a release branch", () => {
  /** Alice pushed `direct`; `fix` came by a pull request from a branch that began after it. */
  async function releaseHistory() {
    const builder = new RepositoryBuilder();
    const alice = { name: "Alice", email: "alice@example.com" };
    const first = builder.commit({ message: "add web", author: alice, files: { "web.yaml": "a\n" } });
    builder.branch("release", first);
    const direct = builder.commit({ branch: "release", message: "push", author: alice, files: { a: "a\n" } });
    builder.branch("hotfix", direct);
    const fix = builder.commit({ branch: "hotfix", message: "fix", author: BOB, files: { b: "b\n" } });
    const merge = builder.merge({ into: "release", from: "hotfix", message: "Merge", author: alice });
    const repository = await builder.write({ bare: true });
    const [directSha = "", fixSha = "", mergeSha = ""] = [direct, fix, merge].map((label) =>
      repository.sha(label),
    );
    return { repository, direct: directSha, fix: fixSha, merge: mergeSha };
  }

  it.each(["GraphQL", "REST"])(
    "name no merger and no approver of a pull request that only holds them, by %s",
    async (api) => {
      const { repository, direct, fix, merge } = await releaseHistory();
      using _ = repository;
      await using server = await sampleGitHub({ gitDir: repository.dir });
      const reviews = [{ user: "bob", state: "APPROVED" as const }];
      const merged = { by: "carol", commit: merge };
      await server.addPull({ title: "fix", author: "bob", head: "hotfix", base: "release", reviews, merged });
      await server.addPull({ title: "release", author: "alice", head: "release", reviews });
      if (api === "REST") server.faults.fail(403, { operation: "graphql" });
      const { commits } = await forgeAt(server);
      const found = await commits.lookUp([direct, fix, merge], signal);
      expect(found.get(direct)).toMatchObject({ pullRequest: { number: 2, mergedBy: null }, isOpen: true });
      expect(found.get(merge)).toMatchObject({ pullRequest: { number: 1, mergedBy: "carol" } });
      // By REST it would take one request more for each.
      expect(found.get(fix)?.pullRequest?.number).toBe(api === "REST" ? 2 : 1);
    },
  );
});

describe("a commit that a fork shares with its upstream", () => {
  it.each(["GraphQL", "REST"])(
    "is connected with this repository's pull requests only, by %s",
    async (api) => {
      const history = await sampleHistory();
      using _ = history.repository;
      await using server = await startGitHub({
        users: USERS ?? [],
        repositories: ["acme/shop", "upstream/shop"].map((fullName) => ({
          fullName,
          gitDir: history.repository.dir,
        })),
      });
      const merged = { by: "carol", commit: history.sha.merge };
      const { pull } = await server.addPull({ title: "theirs", author: "bob", head: "feature", merged });
      Object.assign(pull?.base ?? {}, { repository: server.repository("upstream/shop") });
      if (api === "REST") server.faults.fail(403, { operation: "graphql" });
      const { commits } = await forgeAt(server);
      const found = await commits.lookUp([history.sha.second], signal);
      expect(found.get(history.sha.second)).toMatchObject({ pullRequest: null });
    },
  );
});

describe("a thousand commits", () => {
  it("take twenty requests, in whatever order, and each is found", async () => {
    const builder = new RepositoryBuilder();
    const labels = Array.from({ length: 1000 }, (_, index) =>
      builder.commit({ message: `change ${index}`, author: BOB, files: { "web.yaml": `${index}\n` } }),
    );
    using repository = await builder.write({ bare: true });
    await using server = await sampleGitHub({ gitDir: repository.dir });
    const shas = labels.map((label) => repository.sha(label)).toReversed();
    const { commits } = await forgeAt(server);
    const found = await commits.lookUp(shas, signal);
    expect([...found.keys()]).toEqual(shas);
    expect([...found.values()].every(({ logins }) => logins.get(BOB.email) === "bob")).toBe(true);
    expect(server.requests).toHaveLength(20);
  });

  it("take one query more for all pull requests that must show their commits", async () => {
    const history = await sampleHistory();
    using _ = history.repository;
    await using server = await sampleGitHub({ gitDir: history.repository.dir, defaultBranch: "trunk" });
    const { first, second, merge } = history.sha;
    const merged = { by: "carol", commit: merge };
    const pull = { title: "change web", author: "bob", head: second, base: first, commits: [second], merged };
    for (let index = 0; index < 9; index++) await server.addPull(pull);
    const { commits } = await forgeAt(server);
    const found = await commits.lookUp([second], signal);
    expect(found.get(second)?.pullRequest?.number).toBe(1);
    expect(server.requests).toHaveLength(2);
  });

  it("cost no more than some dozens where GraphQL is refused, and the newest are told", async () => {
    const history = await sampleHistory();
    using _ = history.repository;
    await using server = await sampleGitHub({ gitDir: history.repository.dir });
    server.faults.fail(404, { operation: "graphql", times: Number.POSITIVE_INFINITY });
    const many = Array.from({ length: 1000 }, (__, index) => (index + 1).toString(16).padStart(40, "0"));
    const { commits } = await forgeAt(server);
    const found = await commits.lookUp([history.sha.second, ...many], signal);
    expect([...found.keys()]).toEqual([history.sha.second]);
    expect(server.requests.length).toBeLessThan(50);
  });
});
