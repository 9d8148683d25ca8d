import { describe, expect, it } from "vitest";
import { plainOctokit } from "./support/octokit.ts";
import { sampleGitHub } from "./support/sample-github.ts";

const shop = { owner: "acme", repo: "shop" };

describe("permissions", () => {
  it("a read-only token reads and is refused to write", async () => {
    await using server = await sampleGitHub({ private: true });
    const octokit = plainOctokit(server, server.tokens.fork);
    expect((await octokit.issues.listForRepo(shop)).data).toEqual([]);
    await expect(octokit.issues.create({ ...shop, title: "x" })).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining("Resource not accessible by integration"),
      response: { headers: { "x-accepted-github-permissions": "issues=write" } },
    });
    expect(server.issues()).toEqual([]);
  });

  it("a private repository is not found by others, a public one is read by anyone", async () => {
    await using server = await sampleGitHub({ private: true });
    const other = server.token("carol", { issues: "write" }, ["acme/other"]);
    await expect(plainOctokit(server, other).repos.get(shop)).rejects.toMatchObject({ status: 404 });
    await expect(plainOctokit(server, null).repos.get(shop)).rejects.toMatchObject({ status: 404 });
    await using open = await sampleGitHub();
    expect((await plainOctokit(open, null).repos.get(shop)).data.full_name).toBe("acme/shop");
    await expect(plainOctokit(open, null).issues.create({ ...shop, title: "x" })).rejects.toMatchObject({
      status: 401,
    });
  });

  it("a token that does not exist is no credential", async () => {
    await using server = await sampleGitHub();
    await expect(plainOctokit(server, "ghs_old").repos.get(shop)).rejects.toThrow("Bad credentials");
  });

  it("who one is: a person, an app, and for GITHUB_TOKEN nobody", async () => {
    await using server = await sampleGitHub();
    const alice = server.token("alice", { issues: "write" });
    expect((await plainOctokit(server, alice).users.getAuthenticated()).data.login).toBe("alice");
    await expect(plainOctokit(server).users.getAuthenticated()).rejects.toMatchObject({ status: 403 });
    const app = await plainOctokit(server, server.tokens.app).apps.getAuthenticated();
    expect(app.data?.slug).toBe("ingress-audit");
    await expect(plainOctokit(server).apps.getAuthenticated()).rejects.toMatchObject({ status: 401 });
    await plainOctokit(server, alice).issues.create({ ...shop, title: "by alice" });
    expect(server.issues()[0]?.user.login).toBe("alice");
  });
});
