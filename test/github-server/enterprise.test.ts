import { describe, expect, it } from "vitest";
import { startGitHub } from "../support/github/start-github.ts";
import { plainOctokit } from "./support/octokit.ts";

const shop = { owner: "acme", repo: "shop" };

describe("an Enterprise Server", () => {
  it("answers below /api/v3 and /api/graphql, by its own description", async () => {
    await using server = await startGitHub({
      product: "ghes-3.19",
      repositories: [{ fullName: "acme/shop" }],
    });
    expect(server.url).toMatch(/\/api\/v3$/);
    const octokit = plainOctokit(server);
    for (const title of ["one", "two"]) await octokit.issues.create({ ...shop, title });
    await octokit.issues.createComment({ ...shop, issue_number: 1, body: "drift" });
    expect(await octokit.paginate(octokit.issues.listForRepo, { ...shop, per_page: 1 })).toHaveLength(2);
    expect(await octokit.graphql("{ viewer { login } }")).toEqual({
      viewer: { login: "github-actions[bot]" },
    });
    expect(server.graphqlUrl).toMatch(/:\d+\/api\/graphql$/);
  });
});
