import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleGitHub, sampleHistory } from "../../github-server/support/sample-github.ts";
import type { GitHubServer } from "../../support/github/github-server.ts";
import { forgeAt, signal } from "./support/forge.ts";

describe("pull requests", () => {
  let history: Awaited<ReturnType<typeof sampleHistory>>;
  let server: GitHubServer;

  beforeAll(async () => {
    history = await sampleHistory();
    server = await sampleGitHub({ gitDir: history.repository.dir });
  });
  afterAll(async () => {
    history.repository.remove();
    await server.stop();
  });

  it("are told with both sides, as they are now", async () => {
    const { pullRequests } = await forgeAt(server);
    const { number } = await server.addPull({ title: "Change web", author: "bob", head: "feature" });
    expect(await pullRequests.read(number, signal)).toEqual({
      number,
      state: "open",
      baseRef: "main",
      baseSha: expect.stringMatching(/^[0-9a-f]{40}$/),
      headRef: "feature",
      headSha: history.sha.third,
      headRepository: "acme/shop",
    });
  });

  it("from a fork tell whose", async () => {
    const { pullRequests } = await forgeAt(server);
    const input = { title: "Change web", author: "bob", head: history.sha.third, fork: "bob" };
    const { number } = await server.addPull(input);
    expect(await pullRequests.read(number, signal)).toMatchObject({ headRepository: "bob/shop" });
  });

  it("that were merged are told apart from those that were closed", async () => {
    const { pullRequests } = await forgeAt(server);
    const merged = { by: "carol", commit: history.sha.merge };
    const { number } = await server.addPull({ title: "Merged", author: "bob", head: "feature", merged });
    expect(await pullRequests.read(number, signal)).toMatchObject({ state: "merged" });
  });

  it("that are not there are null", async () => {
    const { pullRequests } = await forgeAt(server);
    expect(await pullRequests.read(4711, signal)).toBeNull();
  });
});

describe("opening a pull request", () => {
  it("names its branches and is found again where the answer was lost", async () => {
    const { repository } = await sampleHistory();
    await using server = await sampleGitHub({ gitDir: repository.dir });
    const { pullRequests } = await forgeAt(server);
    await repository.branch("adopt", "main");
    await repository.commit({
      branch: "adopt",
      message: "adopt",
      author: { name: "Alice", email: "alice@example.com" },
      files: { "web.yaml": "c\n" },
    });
    const pullRequest = { title: "Adopt", body: "What is live.", head: "adopt", base: "main" };
    server.faults.add({ operation: "pulls/create" }, { drop: "after" });

    const opened = await pullRequests.open(pullRequest, signal);

    expect(opened).toEqual({ number: 1, url: expect.stringMatching(/\/acme\/shop\/pull\/1$/) });
    expect([...server.repository().issues.values()]).toMatchObject([
      { title: "Adopt", body: "What is live.", pull: { head: { ref: "adopt" }, base: { ref: "main" } } },
    ]);
    await expect(pullRequests.open(pullRequest, signal)).rejects.toMatchObject({
      code: "forge-refused",
      what: expect.stringContaining("already exists"),
    });
    repository.remove();
  });
});
