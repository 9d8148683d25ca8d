import { describe, expect, it } from "vitest";
import { patientOctokit, plainOctokit } from "./support/octokit.ts";
import { sampleGitHub } from "./support/sample-github.ts";

const shop = { owner: "acme", repo: "shop" };

describe("rate limits", () => {
  it.each([403, 429] as const)("the primary one refuses with %i until its reset", async (status) => {
    await using server = await sampleGitHub();
    server.rateLimit.set({ remaining: 1, resetAtMs: Date.now() + 60_000, status });
    const octokit = plainOctokit(server);
    const { headers } = await octokit.issues.listForRepo(shop);
    expect(headers["x-ratelimit-remaining"]).toBe("0");
    await expect(octokit.issues.listForRepo(shop)).rejects.toMatchObject({ status });
    expect((await octokit.rateLimit.get()).data.rate.remaining).toBe(0);
    server.rateLimit.set({ resetAtMs: Date.now() });
    expect((await octokit.issues.listForRepo(shop)).headers["x-ratelimit-remaining"]).toBe("4999");
  });

  it("the primary one is waited for by the throttling plugin", async () => {
    await using server = await sampleGitHub();
    server.rateLimit.set({ remaining: 0, resetAtMs: Date.now() + 500 });
    const { octokit, seen } = patientOctokit(server);
    expect((await octokit.issues.listForRepo(shop)).status).toBe(200);
    expect(seen).toEqual(["primary"]);
  });

  it.each([403, 429] as const)(
    "a secondary one (%i) is told by its message and retry-after",
    async (status) => {
      await using server = await sampleGitHub();
      server.faults.secondaryRateLimit(1, status, { operation: "issues/list-for-repo" });
      const { octokit, seen } = patientOctokit(server);
      expect((await octokit.issues.listForRepo(shop)).status).toBe(200);
      expect(seen).toEqual(["secondary"]);
      expect(server.requests.map((request) => request.status)).toEqual([status, 200]);
    },
  );
});

describe("faults", () => {
  it("a server's error happens as often as asked, and the retry plugin gets through it", async () => {
    await using server = await sampleGitHub();
    server.faults.fail(502, { operation: "issues/list-for-repo", times: 2 });
    const { octokit } = patientOctokit(server);
    expect((await octokit.issues.listForRepo(shop)).status).toBe(200);
    expect(server.requests.map(({ status }) => status)).toEqual([502, 502, 200]);
  });

  it("meet only the operation or method that they are for", async () => {
    await using server = await sampleGitHub();
    const octokit = plainOctokit(server);
    server.faults.fail(500, { method: "POST" });
    server.faults.fail(503, { operation: "issues/get-label" });
    expect((await octokit.issues.listForRepo(shop)).status).toBe(200);
    await expect(octokit.issues.create({ ...shop, title: "x" })).rejects.toMatchObject({ status: 500 });
    expect(server.issues()).toEqual([]);
    await expect(octokit.issues.getLabel({ ...shop, name: "x" })).rejects.toMatchObject({ status: 503 });
  });

  it("a slow answer can be given up", async () => {
    await using server = await sampleGitHub();
    server.faults.slow(2000, { operation: "issues/list-for-repo" });
    const request = { signal: AbortSignal.timeout(50) };
    await expect(plainOctokit(server).issues.listForRepo({ ...shop, request })).rejects.toThrow(
      /abort|timeout/i,
    );
  });

  it("a connection dropped before has done nothing, one dropped after has done everything", async () => {
    await using server = await sampleGitHub();
    const octokit = plainOctokit(server);
    server.faults.add({ operation: "issues/create" }, { drop: "before" });
    await expect(octokit.issues.create({ ...shop, title: "lost" })).rejects.toThrow();
    expect(server.issues()).toEqual([]);
    server.faults.add({ operation: "issues/create" }, { drop: "after" });
    await expect(octokit.issues.create({ ...shop, title: "done" })).rejects.toThrow();
    expect(server.issues().map(({ title }) => title)).toEqual(["done"]);
    expect(server.requests.map(({ status }) => status)).toEqual([null, null]);
  });

  it("racing clients meet: both list before either creates", async () => {
    await using server = await sampleGitHub();
    server.faults.meet(2, { operation: "issues/list-for-repo" });
    const createIfNone = async () => {
      const octokit = plainOctokit(server);
      const { data } = await octokit.issues.listForRepo(shop);
      if (data.length === 0) await octokit.issues.create({ ...shop, title: "drift" });
    };
    await Promise.all([createIfNone(), createIfNone()]);
    expect(server.issues()).toHaveLength(2);
  });
});
