import { describe, expect, it } from "vitest";
import { plainOctokit } from "../../github-server/support/octokit.ts";
import { sampleGitHub } from "../../github-server/support/sample-github.ts";
import type { GitHubServer } from "../../support/github/github-server.ts";
import { forgeAt, signal } from "./support/forge.ts";

const shop = { owner: "acme", repo: "shop" };
const MARKER = "<!-- ingress-audit:pull-request";

async function withIssue() {
  const server = await sampleGitHub();
  await plainOctokit(server).issues.create({ ...shop, title: "one" });
  return server;
}

/** As many comments after the first one, put there as by others. */
function addChatter(server: GitHubServer, count: number): void {
  const [first] = server.comments(1);
  if (first === undefined) throw new Error("There must be a comment already");
  for (let index = 1; index <= count; index++) {
    const id = first.id + 1_000_000 + index;
    server.repository().comments.set(id, { ...first, id, body: "chatter" });
  }
}

describe("the comments of a thread", () => {
  it("are created, found again by another run, updated in place and removed", async () => {
    await using server = await withIssue();
    const thread = (await forgeAt(server)).thread(1);
    const created = await thread.create(`${MARKER} {} -->\nfirst`, signal);
    const [found] = await (await forgeAt(server)).thread(1).findOwn(MARKER, signal);
    await thread.update(created.id, `${MARKER} {} -->\nsecond`, signal);
    expect(found).toEqual(created);
    expect(created.url).toBe(`https://github.com/acme/shop/issues/1#issuecomment-${created.id}`);
    expect(server.comments(1).map(({ body }) => body)).toEqual([`${MARKER} {} -->\nsecond`]);
    await thread.remove(created.id, signal);
    await thread.remove(created.id, signal);
    expect(await thread.findOwn(MARKER, signal)).toEqual([]);
  });

  it("are own ones only where the token's own identity wrote them, whatever they say", async () => {
    await using server = await withIssue();
    const mallory = plainOctokit(server, server.token("carol", { issues: "write" }));
    await mallory.issues.createComment({ ...shop, issue_number: 1, body: `${MARKER} forged -->` });
    const { thread } = await forgeAt(server);
    expect(await thread(1).findOwn(MARKER, signal)).toEqual([]);
    const own = await thread(1).create(`${MARKER} {} -->`, signal);
    await thread(1).create(`quotes ${MARKER}`, signal);
    expect(await thread(1).findOwn(MARKER, signal)).toEqual([own]);
  });

  it("are found behind thousands of others, a hundred a request", async () => {
    await using server = await withIssue();
    const { thread } = await forgeAt(server);
    const own = await thread(1).create(`${MARKER} {} -->`, signal);
    addChatter(server, 2500);
    expect(await thread(1).findOwn(MARKER, signal)).toEqual([own]);
    expect(server.count("issues/list-comments")).toBe(26);
  });
});
