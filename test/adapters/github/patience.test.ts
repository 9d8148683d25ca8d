import { describe, expect, it } from "vitest";
import { sampleGitHub } from "../../github-server/support/sample-github.ts";
import { failure } from "../../support/github/http/answer.ts";
import { forgeAt, HASTY, signal } from "./support/forge.ts";

const LIST = { operation: "issues/list-for-repo" };
const GRAPHQL = { operation: "graphql" };
const LABEL = "drift";

async function loggingForge() {
  const server = await sampleGitHub();
  const logged: string[] = [];
  const forge = await forgeAt(server, { log: (message) => logged.push(message) });
  return { server, forge, logged };
}

describe("a read", () => {
  it("is tried again after a server's error, a broken connection and a slow answer", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server, { pace: { ...HASTY, timeoutMs: 3000 } });
    await issues.assignable(["alice"], signal);
    server.faults.fail(502, LIST);
    server.faults.add(LIST, { drop: "before" });
    server.faults.slow(5000, LIST);
    expect(await issues.listOwn(LABEL, signal)).toEqual([]);
    expect(server.count("issues/list-for-repo")).toBe(4);
  });

  it("by GraphQL is tried again too", async () => {
    await using server = await sampleGitHub();
    server.faults.fail(502, GRAPHQL);
    const { viewer } = await forgeAt(server);
    expect(await viewer(signal)).toBe("github-actions[bot]");
  });

  it("of a server that stays broken is given up", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server);
    server.faults.fail(503, { ...LIST, times: Number.POSITIVE_INFINITY });
    await expect(issues.listOwn(LABEL, signal)).rejects.toMatchObject({
      code: "forge-unreachable",
      what: "Cannot list the drift issues (HTTP 503): Server Error",
    });
    expect(server.count("issues/list-for-repo")).toBe(4);
  });

  it("of a server that never answers in time is given up", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server, { pace: { ...HASTY, timeoutMs: 50 } });
    server.faults.slow(500, { ...LIST, times: Number.POSITIVE_INFINITY });
    await expect(issues.listOwn(LABEL, signal)).rejects.toMatchObject({
      code: "forge-unreachable",
      what: expect.stringMatching(
        /^Cannot list the drift issues: 127\.0\.0\.1:\d+ did not answer within 0\.05 s$/,
      ),
    });
  });

  it("of a server that is not there is given up", async () => {
    const server = await sampleGitHub();
    const { viewer } = await forgeAt(server);
    await server.stop();
    await expect(viewer(signal)).rejects.toMatchObject({
      code: "forge-unreachable",
      what: expect.stringContaining("(ECONNREFUSED)"),
    });
  });

  it("ends at once where the run is aborted, also while it waits", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server, { pace: { ...HASTY, secondMs: 10_000 } });
    server.faults.secondaryRateLimit(60, 403, LIST);
    const abort = new AbortController();
    const started = Date.now();
    const listing = issues.listOwn(LABEL, abort.signal);
    setTimeout(() => abort.abort(new Error("stopped")), 300);
    await expect(listing).rejects.toThrow("stopped");
    expect(Date.now() - started).toBeLessThan(3_000);
  });
});

describe("a rate limit", () => {
  it.each([403, 429] as const)("is waited for where it is short, secondary with %i", async (status) => {
    const { server, forge, logged } = await loggingForge();
    await using _ = server;
    server.faults.secondaryRateLimit(30, status, LIST);
    expect(await forge.issues.listOwn(LABEL, signal)).toEqual([]);
    expect(logged).toEqual(["GitHub's secondary rate limit is reached; waiting 30 s"]);
  });

  it.each([403, 429] as const)("is waited for where it is short, primary with %i", async (status) => {
    const { server, forge, logged } = await loggingForge();
    await using _ = server;
    const reset = String(Math.ceil(Date.now() / 1000) + 20);
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
    server.faults.add(LIST, { before: () => failure(status, "API rate limit exceeded", headers) });
    expect(await forge.issues.listOwn(LABEL, signal)).toEqual([]);
    expect(logged[0]).toMatch(/^GitHub's primary rate limit is reached; waiting 2\d s$/);
  });

  it("holds for writes as well, which were refused and so may be tried again", async () => {
    const { server, forge } = await loggingForge();
    await using _ = server;
    server.faults.secondaryRateLimit(1, 403, { operation: "issues/create" });
    await forge.issues.create({ title: "web", body: "", labels: [], assignees: [] }, signal);
    expect(server.issues()).toHaveLength(1);
  });

  it("that lasts is an error that says until when", async () => {
    const { server, forge } = await loggingForge();
    await using _ = server;
    server.rateLimit.set({ remaining: 0, resetAtMs: Date.parse("2099-01-01T12:00:00Z") });
    await expect(forge.issues.assignable(["alice"], signal)).rejects.toMatchObject({
      code: "forge-rate-limited",
      what: expect.stringMatching(/ends at 2099-01-01T12:00:00Z$/),
    });
  });

  it("that comes again and again is an error", async () => {
    const { server, forge } = await loggingForge();
    await using _ = server;
    server.faults.secondaryRateLimit(1, 429, { ...LIST, times: Number.POSITIVE_INFINITY });
    await expect(forge.issues.listOwn(LABEL, signal)).rejects.toMatchObject({
      code: "forge-rate-limited",
      what: expect.stringMatching(/ends at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect(server.count("issues/list-for-repo")).toBe(4);
  });

  it.each(["github.com", "an Enterprise Server"])("of GraphQL comes with 200, on %s", async (where) => {
    await using server = await sampleGitHub({}, where === "github.com" ? "api.github.com" : "ghes-3.19");
    const errors = [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }];
    server.faults.add(
      { ...GRAPHQL, times: Number.POSITIVE_INFINITY },
      { before: () => ({ status: 200, body: { errors } }) },
    );
    const { viewer } = await forgeAt(server, { pace: { ...HASTY, longestWaitMs: 0 } });
    await expect(viewer(signal)).rejects.toMatchObject({ code: "forge-rate-limited" });
  });
});

describe("a create", () => {
  const issue = { title: "web", body: "drift", labels: [LABEL], assignees: [] };

  it("whose answer was lost is found and not made twice, also where lists lag", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server, { pace: { ...HASTY, secondMs: 200 } });
    server.lag.lists = 150;
    server.faults.add({ operation: "issues/create" }, { drop: "after" });
    const created = await issues.create(issue, signal);
    await issues.comment(created.number, "opened", signal);
    server.faults.add({ operation: "issues/create-comment" }, { drop: "after" });
    await issues.comment(created.number, "changed", signal);
    expect(server.issues().map(({ number }) => number)).toEqual([created.number]);
    expect(server.comments(created.number).map(({ body }) => body)).toEqual(["opened", "changed"]);
  });

  it("that never came through is made", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server);
    server.faults.add({ operation: "issues/create" }, { drop: "before" });
    server.faults.fail(502, { operation: "issues/create-comment" });
    const { number } = await issues.create(issue, signal);
    await issues.comment(number, "opened", signal);
    expect(server.issues()).toHaveLength(1);
    expect(server.comments(number)).toHaveLength(1);
  });

  it("is not mistaken for an equal one that was there before", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server);
    const { number } = await issues.create(issue, signal);
    await issues.comment(number, "changed", signal);
    await issues.listComments(number, signal);
    server.faults.add({ operation: "issues/create-comment" }, { drop: "before" });
    await issues.comment(number, "changed", signal);
    expect(server.comments(number)).toHaveLength(2);
  });

  it("that fails again is given up", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server);
    server.faults.fail(500, { operation: "issues/create", times: Number.POSITIVE_INFINITY });
    await expect(issues.create(issue, signal)).rejects.toMatchObject({ code: "forge-unreachable" });
    expect(server.count("issues/create")).toBe(2);
  });

  it("that is refused is not tried again", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server);
    await expect(issues.create({ ...issue, title: "x".repeat(300) }, signal)).rejects.toMatchObject({
      code: "forge-refused",
      what: "Cannot open an issue (HTTP 422): Validation Failed: title is too long (maximum is 256 characters)",
    });
    expect(server.count("issues/create")).toBe(1);
  });

  it("an update or removal is not tried again either", async () => {
    await using server = await sampleGitHub();
    const { issues } = await forgeAt(server);
    const { number } = await issues.create(issue, signal);
    server.faults.fail(500, { operation: "issues/update" });
    await expect(issues.update(number, { body: "x" }, signal)).rejects.toMatchObject({
      code: "forge-unreachable",
    });
    expect(server.count("issues/update")).toBe(1);
  });
});
