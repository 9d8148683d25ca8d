import { describe, expect, it } from "vitest";
import type { NewIssue } from "../../../src/ports/issue-tracker.ts";
import { plainOctokit } from "../../github-server/support/octokit.ts";
import { sampleGitHub, sampleHistory } from "../../github-server/support/sample-github.ts";
import type { GitHubServer } from "../../support/github/github-server.ts";
import { startGitHub } from "../../support/github/start-github.ts";
import { forgeAt, signal } from "./support/forge.ts";

const shop = { owner: "acme", repo: "shop" };
const LABEL = "ingress-drift";

function drift(title: string, more: Partial<NewIssue> = {}): NewIssue {
  return { title, body: `About ${title}`, labels: [LABEL], assignees: [], ...more };
}

async function say(server: GitHubServer, login: string, number: number): Promise<void> {
  const octokit = plainOctokit(server, server.token(login, { issues: "write" }));
  await octokit.issues.createComment({ ...shop, issue_number: number, body: "/snooze 3d" });
}

describe("own issues", () => {
  it("are those that the token's identity opened with the label, open and closed", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server);
    const alice = plainOctokit(server, server.token("alice", { issues: "write" }));
    await alice.issues.create({ ...shop, title: "forged", labels: [LABEL] });
    const web = await issues.create(drift("web", { assignees: ["alice"] }), signal);
    const api = await issues.create(drift("api"), signal);
    await issues.create(drift("other", { labels: ["other"] }), signal);
    await issues.update(web.number, { state: "closed", stateReason: "completed" }, signal);
    await alice.issues.update({ ...shop, issue_number: api.number, state: "closed" });
    const found = await (await forgeAt(server)).issues.listOwn(LABEL, signal);
    expect(found.map(({ title, state, closedByUs }) => [title, state, closedByUs])).toEqual([
      ["web", "closed", true],
      ["api", "closed", false],
    ]);
    expect(found[0]).toMatchObject({
      labels: [LABEL],
      assignees: ["alice"],
      body: "About web",
      commentCount: 0,
    });
  });

  it("keep what a change does not name", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server);
    const { number } = await issues.create(drift("web", { assignees: ["alice"] }), signal);
    const changed = await issues.update(number, { body: "More" }, signal);
    expect(changed).toMatchObject({ title: "web", body: "More", labels: [LABEL], assignees: ["alice"] });
    await issues.addLabels(number, ["snoozed"], signal);
    await issues.removeLabel(number, "snoozed", signal);
    await issues.removeLabel(number, "snoozed", signal);
    expect(server.issues()[0]?.labels.map(({ name }) => name)).toEqual([LABEL]);
  });

  it("tell whose comments are own, and whose author may manage issues, asking once for each", async () => {
    await using server = await sampleGitHub({
      collaborators: ["alice", "bob"],
      roles: { bob: "read", carol: "triage" },
    });
    const { issues } = await forgeAt(server);
    const { number } = await issues.create(drift("web"), signal);
    await issues.comment(number, "opened", signal);
    for (const login of ["alice", "bob", "carol", "dave", "alice"]) await say(server, login, number);
    const comments = await issues.listComments(number, signal);
    expect(comments.map(({ author, isOwn, isTrusted }) => [author, isOwn, isTrusted])).toEqual([
      ["github-actions[bot]", true, false],
      ["alice", false, true],
      ["bob", false, false],
      ["carol", false, true],
      ["dave", false, false],
      ["alice", false, true],
    ]);
    expect(server.count("repos/get-collaborator-permission-level")).toBe(4);
  });

  it("take how an author belongs to the repository where roles are not told", async () => {
    await using server = await sampleGitHub({ roles: { bob: "read", carol: "triage" } });
    const { issues } = await forgeAt(server);
    const { number } = await issues.create(drift("web"), signal);
    for (const login of ["alice", "bob", "carol"]) await say(server, login, number);
    server.faults.fail(403, { operation: "repos/get-collaborator-permission-level" });
    const comments = await issues.listComments(number, signal);
    expect(comments.map(({ isTrusted }) => isTrusted)).toEqual([true, true, false]);
    expect(server.count("repos/get-collaborator-permission-level")).toBe(1);
  });

  it("ask for no more than thirty people, whoever comments", async () => {
    const crowd = Array.from({ length: 40 }, (_, index) => `user-${index}`);
    await using server = await startGitHub({
      users: crowd.map((login) => ({ login })),
      repositories: [{ fullName: "acme/shop" }],
    });
    const { issues } = await forgeAt(server);
    const { number } = await issues.create(drift("web"), signal);
    for (const login of crowd) await say(server, login, number);
    expect(await issues.listComments(number, signal)).toHaveLength(40);
    expect(server.count("repos/get-collaborator-permission-level")).toBe(30);
  });

  it("tell who closed them also where the list does not", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server);
    const alice = plainOctokit(server, server.token("alice", { issues: "write" }));
    for (const title of ["by us", "by alice", "open", "by alice, then by us"]) {
      await issues.create(drift(title), signal);
    }
    for (const number of [2, 4])
      await alice.issues.update({ ...shop, issue_number: number, state: "closed" });
    await issues.update(4, { state: "open" }, signal);
    for (const number of [1, 4]) await issues.update(number, { state: "closed" }, signal);
    server.lists.closedBy = false;
    const found = await (await forgeAt(server)).issues.listOwn(LABEL, signal);
    expect(found.map(({ closedByUs }) => closedByUs)).toEqual([true, false, null, true]);
  });

  it("do not tell who closed them where nothing does", async () => {
    await using server = await sampleGitHub();
    const forge = await forgeAt(server);
    const { number } = await forge.issues.create(drift("web"), signal);
    await forge.issues.update(number, { state: "closed" }, signal);
    server.lists.closedBy = false;
    server.faults.fail(403, { operation: "graphql" });
    expect(await forge.issues.listOwn(LABEL, signal)).toMatchObject([{ number, closedByUs: null }]);
  });

  it("are none of the pull requests, and none of another label's", async () => {
    const history = await sampleHistory();
    using _ = history.repository;
    await using server = await sampleGitHub({ gitDir: history.repository.dir });
    const pull = await server.addPull({ title: "bot's", author: "github-actions[bot]", head: "feature" });
    const { issues } = await forgeAt(server);
    const commas = await issues.create(drift("commas", { labels: ["drift, prod"] }), signal);
    for (const label of [LABEL, "drift, prod"]) await issues.addLabels(pull.number, [label], signal);
    expect(await issues.listOwn(LABEL, signal)).toEqual([]);
    expect(await issues.listOwn("drift, prod", signal)).toEqual([commas]);
  });

  it("keep hostile texts letter by letter", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server);
    const body = "<!-- ingress-audit:drift-issue {} -->\r\n@alice `$` \u202e ::error:: 😀\0 $1";
    const { number } = await issues.create(drift("\u202e<b>", { body }), signal);
    expect(await issues.listOwn(LABEL, signal)).toMatchObject([{ number, title: "\u202e<b>", body }]);
  });

  it("are found across pages", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server);
    await issues.create(drift("web"), signal);
    const [first] = server.issues();
    if (first === undefined) throw new Error("There must be an issue");
    for (let number = 2; number <= 201; number++) {
      server.repository().issues.set(number, { ...first, number });
    }
    const before = server.requests.length;
    const found = await issues.listOwn(LABEL, signal);
    expect(found.map(({ number }) => number)).toEqual(Array.from({ length: 201 }, (_, index) => index + 1));
    expect(server.requests.length - before).toBeLessThanOrEqual(4);
  });
});

describe("who can be assigned", () => {
  it("is asked for once, as each is written", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server);
    expect(await issues.assignable(["Alice", "nobody", "carol", "bob"], signal)).toEqual(["Alice", "bob"]);
    expect(await issues.assignable(["alice", "nobody"], signal)).toEqual(["alice"]);
    expect(server.requests).toHaveLength(4);
  });

  it("is looked for in the whole list where many are asked for", async () => {
    const logins = Array.from({ length: 150 }, (_, index) => `user-${index}`);
    await using server = await startGitHub({
      users: logins.map((login) => ({ login })),
      repositories: [{ fullName: "acme/shop", collaborators: logins.slice(0, 120) }],
    });
    const { issues } = await forgeAt(server);
    expect(await issues.assignable(logins, signal)).toEqual(logins.slice(0, 120));
    expect(server.requests).toHaveLength(2);
  });

  it("is nobody whose name is no login", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server);
    expect(await issues.assignable(["", "../issues", "a b", "alice?x=1"], signal)).toEqual([]);
    expect(server.requests).toEqual([]);
  });

  it("is ten at most on one issue", async () => {
    const logins = Array.from({ length: 12 }, (_, index) => `user-${index}`);
    await using server = await startGitHub({
      users: logins.map((login) => ({ login })),
      repositories: [{ fullName: "acme/shop", collaborators: logins }],
    });
    const { issues } = await forgeAt(server);
    const created = await issues.create(drift("web", { assignees: logins }), signal);
    expect(created.assignees).toEqual(logins.slice(0, 10));
  });
});
