import { describe, expect, it } from "vitest";
import { plainOctokit } from "./support/octokit.ts";
import { sampleGitHub } from "./support/sample-github.ts";

const shop = { owner: "acme", repo: "shop" };

describe("issues", () => {
  it("are written by the token's user and keep their labels and assignees", async () => {
    await using server = await sampleGitHub({ labels: ["Drift"] });
    const { data } = await plainOctokit(server).issues.create({
      ...shop,
      title: "web differs",
      body: "in prod",
      labels: ["drift", "new"],
      assignees: ["Alice"],
    });
    expect(data).toMatchObject({
      number: 1,
      state: "open",
      user: { login: "github-actions[bot]", type: "Bot" },
    });
    expect(data.assignees?.map((user) => user.login)).toEqual(["alice"]);
    expect(server.issues()[0]?.labels.map(({ name }) => name)).toEqual(["Drift", "new"]);
  });

  it("are closed with a reason, reopened, renamed, and remember it", async () => {
    await using server = await sampleGitHub();
    const octokit = plainOctokit(server);
    await octokit.issues.create({ ...shop, title: "one", labels: ["drift"] });
    const at = { ...shop, issue_number: 1 };
    const closed = await octokit.issues.update({ ...at, state: "closed", state_reason: "not_planned" });
    expect(closed.data).toMatchObject({ state: "closed", state_reason: "not_planned" });
    expect(closed.data.closed_at).not.toBeNull();
    const reopened = await octokit.issues.update({ ...at, state: "open", title: "two" });
    expect(reopened.data).toMatchObject({
      state: "open",
      state_reason: "reopened",
      closed_at: null,
      title: "two",
    });
    const events = await octokit.paginate(octokit.issues.listEvents, at);
    expect(events.map(({ event }) => event)).toEqual(["labeled", "closed", "renamed", "reopened"]);
  });

  it("are listed by state, labels in any case, creator and assignee, newest first", async () => {
    await using server = await sampleGitHub();
    const octokit = plainOctokit(server);
    await octokit.issues.create({ ...shop, title: "one", labels: ["drift", "prod"] });
    await octokit.issues.create({ ...shop, title: "two", labels: ["drift"], assignees: ["bob"] });
    await octokit.issues.create({ ...shop, title: "three" });
    await octokit.issues.update({ ...shop, issue_number: 2, state: "closed" });
    const titles = async (query: object) =>
      (await octokit.issues.listForRepo({ ...shop, ...query })).data.map(({ title }) => title);
    expect(await titles({})).toEqual(["three", "one"]);
    expect(await titles({ state: "all", labels: "DRIFT" })).toEqual(["two", "one"]);
    expect(await titles({ labels: "drift,prod" })).toEqual(["one"]);
    expect(await titles({ state: "all", assignee: "bob" })).toEqual(["two"]);
    expect(await titles({ creator: "alice" })).toEqual([]);
    expect(await titles({ direction: "asc" })).toEqual(["one", "three"]);
  });

  it("refuse whom nobody can assign when created, and drop them when assigned afterwards", async () => {
    await using server = await sampleGitHub();
    const octokit = plainOctokit(server);
    await expect(octokit.issues.create({ ...shop, title: "x", assignees: ["carol"] })).rejects.toMatchObject({
      status: 422,
      response: { data: { errors: [{ field: "assignees", code: "invalid", value: "carol" }] } },
    });
    expect(server.issues()).toEqual([]);
    await octokit.issues.create({ ...shop, title: "x" });
    const at = { ...shop, issue_number: 1 };
    const { data } = await octokit.issues.addAssignees({ ...at, assignees: ["carol", "nobody", "bob"] });
    expect(data.assignees?.map((user) => user.login)).toEqual(["bob"]);
    await octokit.issues.removeAssignees({ ...at, assignees: ["BOB"] });
    expect(server.issues()[0]?.assignees).toEqual([]);
    await expect(octokit.issues.checkUserCanBeAssigned({ ...shop, assignee: "carol" })).rejects.toThrow(
      "Not Found",
    );
  });

  it("take and lose single labels", async () => {
    await using server = await sampleGitHub();
    const octokit = plainOctokit(server);
    await octokit.issues.createLabel({ ...shop, name: "drift/ü", color: "ff0000" });
    await octokit.issues.create({ ...shop, title: "one" });
    const at = { ...shop, issue_number: 1 };
    await octokit.issues.addLabels({ ...at, labels: ["DRIFT/Ü", "other"] });
    expect((await octokit.issues.listLabelsOnIssue(at)).data.map(({ name }) => name)).toEqual([
      "drift/ü",
      "other",
    ]);
    await octokit.issues.removeLabel({ ...at, name: "Drift/ü" });
    expect(server.issues()[0]?.labels.map(({ name }) => name)).toEqual(["other"]);
    await expect(octokit.issues.removeLabel({ ...at, name: "drift/ü" })).rejects.toMatchObject({
      status: 404,
    });
    await expect(octokit.issues.createLabel({ ...shop, name: "Other" })).rejects.toThrow("already_exists");
  });

  it("have limits: 256 characters of title, 65,536 of body, 50 of a label", async () => {
    await using server = await sampleGitHub();
    const octokit = plainOctokit(server);
    const refused = (input: object) =>
      expect(octokit.issues.create({ ...shop, title: "x", ...input })).rejects.toMatchObject({ status: 422 });
    await refused({ title: "x".repeat(257) });
    await refused({ body: "x".repeat(65_537) });
    await refused({ labels: ["x".repeat(51)] });
    const { data } = await octokit.issues.create({ ...shop, title: "x", body: "😀".repeat(65_536) });
    expect(data.number).toBe(1);
  });

  it("are gone where they are disabled, while pull requests can still be commented", async () => {
    await using server = await sampleGitHub({ hasIssues: false });
    const octokit = plainOctokit(server);
    await expect(octokit.issues.create({ ...shop, title: "x" })).rejects.toMatchObject({ status: 410 });
    await expect(octokit.issues.listForRepo(shop)).rejects.toMatchObject({ status: 410 });
  });

  it("are found by search, later than by listing", async () => {
    await using server = await sampleGitHub();
    const octokit = plainOctokit(server);
    server.lag.search = 300;
    await octokit.issues.create({
      ...shop,
      title: "web differs",
      body: "<!-- marker:1 -->",
      labels: ["drift"],
    });
    const search = () =>
      octokit.search.issuesAndPullRequests({ q: 'repo:acme/shop is:issue label:drift "marker:1" in:body' });
    expect((await search()).data.total_count).toBe(0);
    expect((await octokit.issues.listForRepo(shop)).data).toHaveLength(1);
    await expect.poll(async () => (await search()).data.items.map(({ number }) => number)).toEqual([1]);
  });
});
