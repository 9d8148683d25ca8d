import { describe, expect, it } from "vitest";
import { plainOctokit } from "./support/octokit.ts";
import { sampleGitHub } from "./support/sample-github.ts";

const shop = { owner: "acme", repo: "shop" };
const at = { ...shop, issue_number: 1 };

async function withComments(count: number) {
  const server = await sampleGitHub();
  const octokit = plainOctokit(server);
  await octokit.issues.create({ ...shop, title: "one" });
  for (let index = 1; index <= count; index++)
    await octokit.issues.createComment({ ...at, body: `${index}` });
  return { server, octokit };
}

describe("pages", () => {
  it("hold 30 unless asked otherwise, 100 at most, and Octokit follows their links", async () => {
    const { server, octokit } = await withComments(101);
    await using _ = server;
    expect((await octokit.issues.listComments(at)).data).toHaveLength(30);
    expect((await octokit.issues.listComments({ ...at, per_page: 1000 })).data).toHaveLength(100);
    const all = await octokit.paginate(octokit.issues.listComments, { ...at, per_page: 50 });
    expect(all.map(({ body }) => Number(body))).toEqual(
      Array.from({ length: 101 }, (__, index) => index + 1),
    );
    expect(server.count("issues/list-comments")).toBe(2 + 3);
  });

  it("link first, previous, next and last where these exist", async () => {
    const { server, octokit } = await withComments(5);
    await using _ = server;
    const relations = async (page: number) => {
      const { headers } = await octokit.issues.listComments({ ...at, per_page: 2, page });
      return [...(headers.link ?? "").matchAll(/[?&]page=(\d)>; rel="(\w+)"/g)].map((found) =>
        found.slice(1).join(" "),
      );
    };
    expect(await relations(1)).toEqual(["2 next", "3 last"]);
    expect(await relations(2)).toEqual(["1 prev", "3 next", "3 last", "1 first"]);
    expect(await relations(3)).toEqual(["2 prev", "1 first"]);
    expect((await octokit.issues.listComments({ ...at, per_page: 5 })).headers.link).toBeUndefined();
  });
});

describe("conditional requests", () => {
  it("are answered 304 while nothing changed, and count for no rate limit", async () => {
    const { server, octokit } = await withComments(1);
    await using _ = server;
    const first = await octokit.issues.listComments(at);
    const headers = { "if-none-match": first.headers.etag ?? "" };
    const remaining = Number(first.headers["x-ratelimit-remaining"]);
    await expect(octokit.issues.listComments({ ...at, headers })).rejects.toMatchObject({
      status: 304,
      response: { headers: { "x-ratelimit-remaining": String(remaining) } },
    });
    await octokit.issues.createComment({ ...at, body: "2" });
    expect((await octokit.issues.listComments({ ...at, headers })).data).toHaveLength(2);
  });
});
