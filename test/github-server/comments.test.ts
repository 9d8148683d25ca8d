import { describe, expect, it } from "vitest";
import { plainOctokit } from "./support/octokit.ts";
import { sampleGitHub, sampleHistory } from "./support/sample-github.ts";

const shop = { owner: "acme", repo: "shop" };
const at = { ...shop, issue_number: 1 };

describe("issue comments", () => {
  it("are created, updated in place, listed oldest first and deleted", async () => {
    await using server = await sampleGitHub();
    const octokit = plainOctokit(server);
    await octokit.issues.create({ ...shop, title: "one" });
    const first = await octokit.issues.createComment({ ...at, body: "first" });
    const second = await octokit.issues.createComment({ ...at, body: "second" });
    await octokit.issues.updateComment({ ...shop, comment_id: first.data.id, body: "changed" });
    expect((await octokit.issues.listComments(at)).data.map(({ body }) => body)).toEqual([
      "changed",
      "second",
    ]);
    expect((await octokit.issues.get(at)).data.comments).toBe(2);
    await octokit.issues.deleteComment({ ...shop, comment_id: second.data.id });
    expect(server.comments(1).map(({ body, user }) => [body, user.login])).toEqual([
      ["changed", "github-actions[bot]"],
    ]);
    await expect(octokit.issues.getComment({ ...shop, comment_id: second.data.id })).rejects.toThrow(
      "Not Found",
    );
  });

  it("hold 65,536 characters and are never blank", async () => {
    await using server = await sampleGitHub();
    const octokit = plainOctokit(server);
    await octokit.issues.create({ ...shop, title: "one" });
    await octokit.issues.createComment({ ...at, body: "x".repeat(65_536) });
    await expect(octokit.issues.createComment({ ...at, body: "x".repeat(65_537) })).rejects.toThrow(
      "too long",
    );
    await expect(octokit.issues.createComment({ ...at, body: " " })).rejects.toThrow("blank");
    expect(server.comments(1)).toHaveLength(1);
  });

  it("need only the permission on pull requests where they stand on one, also without issues", async () => {
    const { repository: git, sha } = await sampleHistory();
    using _ = git;
    await using server = await sampleGitHub({ gitDir: git.dir, hasIssues: false });
    const pull = await server.addPull({
      title: "change web",
      author: "bob",
      head: "feature",
      base: sha.first,
    });
    const token = server.token("github-actions[bot]", { contents: "read", pull_requests: "write" });
    await plainOctokit(server, token).issues.createComment({
      ...shop,
      issue_number: pull.number,
      body: "drift",
    });
    expect(server.comments(pull.number)).toHaveLength(1);
  });

  it("are not listed at once when the server lags, but are read by their id", async () => {
    await using server = await sampleGitHub();
    const octokit = plainOctokit(server);
    await octokit.issues.create({ ...shop, title: "one" });
    server.lag.lists = 300;
    const { data } = await octokit.issues.createComment({ ...at, body: "late" });
    expect((await octokit.issues.listComments(at)).data).toEqual([]);
    expect((await octokit.issues.getComment({ ...shop, comment_id: data.id })).data.body).toBe("late");
    await expect.poll(async () => (await octokit.issues.listComments(at)).data.length).toBe(1);
  });
});
