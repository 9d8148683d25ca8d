import { describe, expect, it } from "vitest";
import { plainOctokit } from "../../github-server/support/octokit.ts";
import { sampleGitHub } from "../../github-server/support/sample-github.ts";
import { forgeAt, HASTY, signal } from "./support/forge.ts";

const shop = { owner: "acme", repo: "shop" };
const LABEL = "drift";
const issue = { title: "web", body: "drift", labels: [LABEL], assignees: [] };
/** The forge lags 200 ms, and all the waiting takes at most 8 s of 100 ms. */
const SLOWER = { ...HASTY, secondMs: 100 };

describe("lists that lag", () => {
  it("show what was created here", async () => {
    await using server = await sampleGitHub();
    const forge = await forgeAt(server, { pace: SLOWER });
    server.lag.lists = 200;
    const created = await forge.issues.create(issue, signal);
    expect(await forge.issues.listOwn(LABEL, signal)).toEqual([created]);
    const comment = await forge.thread(created.number).create("<!-- marker -->", signal);
    const { thread } = forge;
    expect(await thread(created.number).findOwn("<!-- marker", signal)).toEqual([comment]);
    expect(server.count("issues/get") + server.count("issues/get-comment")).toBe(0);
  });

  it("show it also where they lag beyond all waiting", async () => {
    await using server = await sampleGitHub();
    const forge = await forgeAt(server);
    server.lag.lists = 60_000;
    const created = await forge.issues.create(issue, signal);
    const other = await forge.issues.create({ ...issue, title: "api" }, signal);
    expect(await forge.issues.listOwn(LABEL, signal)).toEqual([created, other]);
  });

  it("do not bring back what people took away", async () => {
    await using server = await sampleGitHub();
    const forge = await forgeAt(server);
    const created = await forge.issues.create(issue, signal);
    const alice = plainOctokit(server, server.token("alice", { issues: "write" }));
    await alice.issues.removeLabel({ ...shop, issue_number: created.number, name: LABEL });
    expect(await forge.issues.listOwn(LABEL, signal)).toEqual([]);
    const { thread } = forge;
    const comment = await thread(created.number).create("<!-- marker -->", signal);
    await alice.issues.deleteComment({ ...shop, comment_id: comment.id });
    expect(await thread(created.number).findOwn("<!-- marker", signal)).toEqual([]);
  });

  it("are not waited for by a run that created nothing", async () => {
    await using server = await sampleGitHub();
    await (await forgeAt(server)).issues.create(issue, signal);
    await (await forgeAt(server)).issues.listOwn(LABEL, signal);
    expect(server.count("issues/list-for-repo")).toBe(1);
  });
});

describe("two runs that create at the same time", () => {
  it("both see the older comment when they look again, though lists lag", async () => {
    await using server = await sampleGitHub();
    await plainOctokit(server).issues.create({ ...shop, title: "one" });
    server.lag.lists = 200;
    server.faults.meet(2, { operation: "issues/list-comments" });
    const run = async () => {
      const thread = (await forgeAt(server, { pace: SLOWER })).thread(1);
      const before = await thread.findOwn("<!-- marker", signal);
      const created = await thread.create("<!-- marker -->", signal);
      return { before, created, after: await thread.findOwn("<!-- marker", signal) };
    };
    const runs = await Promise.all([run(), run()]);
    const older = Math.min(...runs.map(({ created }) => created.id));
    expect(runs.map(({ before }) => before)).toEqual([[], []]);
    expect(runs.map(({ after }) => after[0]?.id)).toEqual([older, older]);
  });

  it("both see the older issue", async () => {
    await using server = await sampleGitHub();
    server.lag.lists = 200;
    server.faults.meet(2, { operation: "issues/list-for-repo" });
    const run = async () => {
      const { issues } = await forgeAt(server, { pace: SLOWER });
      await issues.listOwn(LABEL, signal);
      await issues.create(issue, signal);
      return issues.listOwn(LABEL, signal);
    };
    const runs = await Promise.all([run(), run()]);
    expect(runs.map(([first]) => first?.number)).toEqual([1, 1]);
  });
});
