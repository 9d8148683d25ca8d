import { describe, expect, it } from "vitest";
import type { NewIssue } from "../../../src/ports/issue-tracker.ts";
import { plainOctokit } from "../../github-server/support/octokit.ts";
import { sampleGitHub } from "../../github-server/support/sample-github.ts";
import { forgeAt, signal } from "./support/forge.ts";

const shop = { owner: "acme", repo: "shop" };
const LABEL = "ingress-drift";

function drift(title: string, more: Partial<NewIssue> = {}): NewIssue {
  return { title, body: `About ${title}`, labels: [LABEL], assignees: [], ...more };
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

  it("tell whose comments are own and whose count", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server);
    const { number } = await issues.create(drift("web"), signal);
    await issues.comment(number, "opened", signal);
    for (const login of ["alice", "carol"]) {
      const octokit = plainOctokit(server, server.token(login, { issues: "write" }));
      await octokit.issues.createComment({ ...shop, issue_number: number, body: "/snooze 3d" });
    }
    const comments = await issues.listComments(number, signal);
    expect(comments.map(({ author, isOwn, isTrusted }) => [author, isOwn, isTrusted])).toEqual([
      ["github-actions[bot]", true, false],
      ["alice", false, true],
      ["carol", false, false],
    ]);
  });

  it("are found across pages", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server);
    for (let index = 1; index <= 201; index++) await issues.create(drift(`web-${index}`), signal);
    const before = server.requests.length;
    const found = await issues.listOwn(LABEL, signal);
    expect(found.map(({ number }) => number)).toEqual(Array.from({ length: 201 }, (_, index) => index + 1));
    expect(server.requests.length - before).toBeLessThanOrEqual(4);
  });
});
