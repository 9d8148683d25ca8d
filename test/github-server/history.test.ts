import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GitHubServer } from "../support/github/github-server.ts";
import { plainOctokit } from "./support/octokit.ts";
import { sampleGitHub, sampleHistory } from "./support/sample-github.ts";

const shop = { owner: "acme", repo: "shop" };

describe("a real repository behind the server", () => {
  let history: Awaited<ReturnType<typeof sampleHistory>>;
  let server: GitHubServer;

  beforeAll(async () => {
    history = await sampleHistory();
    server = await sampleGitHub({
      gitDir: history.repository.dir,
      files: { ".github/CODEOWNERS": "* @bob\n" },
    });
    await server.addPull({
      title: "change web",
      author: "bob",
      head: "feature",
      reviews: [
        { user: "alice", state: "COMMENTED" },
        { user: "alice", state: "APPROVED" },
      ],
      merged: { by: "carol", commit: history.sha.merge },
    });
  });
  afterAll(async () => {
    history.repository.remove();
    await server.stop();
  });

  it("maps a commit's author by address, by noreply address, and not at all", async () => {
    const author = async (sha: string) =>
      (await plainOctokit(server).repos.getCommit({ ...shop, ref: sha })).data.author?.login;
    expect(await author(history.sha.first)).toBe("alice");
    expect(await author(history.sha.second)).toBe("bob");
    expect(await author(history.sha.third)).toBeUndefined();
    await expect(author("0".repeat(40))).rejects.toMatchObject({ status: 422 });
  });

  it("tells a commit's pull request, who merged and who approved it, and its files", async () => {
    const octokit = plainOctokit(server);
    for (const sha of [history.sha.second, history.sha.merge]) {
      const { data } = await octokit.repos.listPullRequestsAssociatedWithCommit({ ...shop, commit_sha: sha });
      expect(data.map(({ number, merged_at }) => [number, merged_at !== null])).toEqual([[1, true]]);
    }
    const { data: none } = await octokit.repos.listPullRequestsAssociatedWithCommit({
      ...shop,
      commit_sha: history.sha.first,
    });
    expect(none).toEqual([]);
    const { data: pull } = await octokit.pulls.get({ ...shop, pull_number: 1 });
    expect(pull).toMatchObject({ merged: true, merged_by: { login: "carol" }, commits: 2, changed_files: 2 });
    const { data: reviews } = await octokit.pulls.listReviews({ ...shop, pull_number: 1 });
    expect(reviews.map(({ state, user }) => `${state} ${user?.login}`)).toEqual([
      "COMMENTED alice",
      "APPROVED alice",
    ]);
    const { data: files } = await octokit.pulls.listFiles({ ...shop, pull_number: 1 });
    expect(files.map(({ filename, status }) => `${status} ${filename}`)).toEqual([
      "added deploy/shop.yaml",
      "modified web.yaml",
    ]);
  });

  it("answers contents byte by byte, from Git or as given, and compares", async () => {
    const octokit = plainOctokit(server);
    const content = async (path: string, ref?: string) => {
      const { data } = await octokit.repos.getContent({
        ...shop,
        path,
        ...(ref === undefined ? {} : { ref }),
      });
      return "content" in data ? Buffer.from(data.content, "base64").toString() : null;
    };
    expect(await content("CODEOWNERS")).toBe("* @alice\n");
    expect(await content(".github/CODEOWNERS")).toBe("* @bob\n");
    expect(await content("web.yaml", history.sha.first)).toBe("a\n");
    expect(await content("deploy/shop.yaml")).toBe("s\n");
    await expect(content("nothing.yaml")).rejects.toMatchObject({ status: 404 });
    const raw = await octokit.repos.getContent({ ...shop, path: "web.yaml", mediaType: { format: "raw" } });
    expect(raw.data).toBe("b\n");
    const { data } = await octokit.repos.compareCommitsWithBasehead({
      ...shop,
      basehead: `${history.sha.first}...feature`,
    });
    expect(data).toMatchObject({ status: "ahead", ahead_by: 2, behind_by: 0, total_commits: 2 });
    expect(data.files?.map(({ filename }) => filename)).toEqual(["deploy/shop.yaml", "web.yaml"]);
  });

  it("answers GraphQL for many commits at once, by aliases", async () => {
    const { repository } = await plainOctokit(server).graphql<{ repository: Record<string, unknown> }>(
      `query ($owner: String!, $name: String!, $first: GitObjectID!) {
        repository(owner: $owner, name: $name) {
          a: object(oid: $first) { ...who }
          b: object(oid: "${history.sha.second}") { ...who }
          c: object(oid: "${history.sha.third}") { __typename ...who }
          d: object(oid: "${"0".repeat(40)}") { ...who }
        }
      }
      fragment who on Commit {
        author { user { login } }
        authors(first: 5) { totalCount nodes { email } }
        associatedPullRequests(first: 2) {
          nodes { number mergedBy { login } latestReviews(first: 5) { nodes { state author { __typename login } } } }
        }
      }`,
      { owner: "acme", name: "shop", first: history.sha.first },
    );
    const review = { state: "APPROVED", author: { __typename: "User", login: "alice" } };
    const pull = { number: 1, mergedBy: { login: "carol" }, latestReviews: { nodes: [review] } };
    expect(repository.a).toEqual({
      author: { user: { login: "alice" } },
      authors: {
        totalCount: 2,
        nodes: [{ email: "alice@example.com" }, { email: "bob@users.noreply.github.com" }],
      },
      associatedPullRequests: { nodes: [] },
    });
    expect(repository.b).toMatchObject({
      author: { user: { login: "bob" } },
      associatedPullRequests: { nodes: [pull] },
    });
    expect(repository.c).toMatchObject({ __typename: "Commit", author: { user: null } });
    expect(repository.d).toBeNull();
  });

  it.each([
    ["a field that does not exist", '{ repository(owner: "acme", name: "shop") { stars } }', "Field 'stars'"],
    [
      "an argument that does not exist",
      '{ repository(owner: "acme", repo: "shop") { id } }',
      "argument 'repo'",
    ],
    ["no selection", '{ repository(owner: "acme", name: "shop") }', "must have selections"],
    [
      "no page size",
      `{ repository(owner: "acme", name: "shop") { object(oid: "main") { ... on Commit { authors { totalCount } } } } }`,
      "`first` or `last`",
    ],
    ["a variable that is not declared", "{ repository(owner: $o, name: $o) { id } }", "not declared"],
    ["a syntax error", "{ repository(", "Expected"],
  ])("a GraphQL query with %s is a mistake of the client", async (_, query, message) => {
    await expect(plainOctokit(server).graphql(query)).rejects.toThrow(message);
    expect(server.takeViolations().join()).toContain(message);
  });

  it("answers GraphQL's own errors beside the data", async () => {
    await expect(
      plainOctokit(server).graphql('{ repository(owner: "acme", name: "nothing") { id } }'),
    ).rejects.toMatchObject({
      errors: [{ type: "NOT_FOUND", path: ["repository"] }],
      data: { repository: null },
    });
  });
});
