import { afterAll, beforeAll, expect, test } from "vitest";
import type { DeploymentReport } from "../../../src/report/deployment/deployment-report.ts";
import type { Fault } from "../../support/cluster/flaky-proxy.ts";
import { startCluster } from "../../support/cluster/start-cluster.ts";
import type { TestCluster } from "../../support/cluster/test-cluster.ts";
import { AFTER, BEFORE, DeployStory } from "./support/deploy-story.ts";

const SERVICE =
  'spec.rules[host="NS.example.com"].http.paths[path="/",pathType="Prefix"].backend.service.name';
const BODY_SIZE = 'metadata.annotations["nginx.ingress.kubernetes.io/proxy-body-size"]';
const OVERLOADED: Fault = { kind: "answer", status: 503, body: "", headers: { "retry-after": "60" } };
const PASS: Fault = { kind: "pass" };

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(async () => {
  await cluster.stop();
});

test("a cluster that agrees at once is read once, without a pause", async () => {
  await using story = await DeployStory.begin(cluster, "at-once");
  await story.apply(AFTER);
  const ended = await story.wait();
  expect(ended).toMatchObject({ ending: "agreed", readings: 1, waitedMs: 0, slept: [] });
});

test("waits until the deployer has followed, with growing pauses", async () => {
  await using story = await DeployStory.begin(cluster, "follows");
  const nothing = async () => {};
  const ended = await story.wait([nothing, nothing, () => story.apply(AFTER)]);
  expect(ended).toMatchObject({ ending: "agreed", readings: 4, slept: [2000, 4000, 8000] });
});

test("names the pending commit and its author when the time is up, and reads when it is up, not later", async () => {
  await using story = await DeployStory.begin(cluster, "pending");
  const ended = await story.wait([], { timeoutMs: 10_000 });
  expect(ended).toMatchObject({ ending: "disagreed", waitedMs: 10_000, slept: [2000, 4000, 4000] });
  expect(concerns(ended)).toEqual([
    [service("pending"), "pending", [[story.second, "bob@example.com"]], null],
  ]);
  expect(ended.beside).toEqual([]);
});

test("names who overwrote what was deployed", async () => {
  await using story = await DeployStory.begin(cluster, "overwritten");
  await story.apply(AFTER);
  await story.patchService("alice@example.com", "hotfix");
  const ended = await story.wait([], { timeoutMs: 2000 });
  expect(ended.ending).toBe("disagreed");
  expect(concerns(ended)).toEqual([[service("overwritten"), "out-of-band", [], "alice@example.com"]]);
});

test("names who overwrote it although it had agreed while the gate slept", async () => {
  await using story = await DeployStory.begin(cluster, "restless");
  const ended = await story.wait([
    async () => {
      await story.apply(AFTER);
      await story.patchService("alice@example.com", "hotfix");
    },
  ]);
  expect(concerns(ended)).toEqual([[service("restless"), "out-of-band", [], "alice@example.com"]]);
});

test("drift in a field that was not deployed is told and does not hold the deployment up", async () => {
  await using story = await DeployStory.begin(cluster, "beside");
  await story.annotate("alice@example.com", "nginx.ingress.kubernetes.io/proxy-body-size=64m");
  await story.patchService("alice@example.com", "api");
  const ended = await story.wait();
  expect(ended).toMatchObject({ ending: "agreed", concerning: [] });
  expect(ended.beside.map(({ divergence }) => [divergence.field, divergence.actor?.user])).toEqual([
    [BODY_SIZE, "alice@example.com"],
  ]);
});

test("such drift fails the deployment where it shall count", async () => {
  await using story = await DeployStory.begin(cluster, "counted");
  await story.annotate("alice@example.com", "nginx.ingress.kubernetes.io/proxy-body-size=64m");
  await story.patchService("alice@example.com", "api");
  const ended = await story.wait([], { countsOtherDrift: true, timeoutMs: 0 });
  expect(ended).toMatchObject({ ending: "disagreed", readings: 1 });
});

test("what was deployed before is the first revision that the clone holds, else the first parent", async () => {
  await using story = await DeployStory.begin(cluster, "previous");
  await story.apply(AFTER);
  const unknown = "1".repeat(40);
  expect(await story.wait([], { previous: [unknown, story.first] })).toMatchObject({ previous: story.first });
  expect(await story.wait([], { previous: [unknown] })).toMatchObject({ previous: story.first });
});

test("an API server that fails for a while is asked again", async () => {
  await using story = await DeployStory.begin(cluster, "shaky");
  await story.apply(AFTER);
  // Twice for Ingresses, then twice for IngressClasses.
  const faultFor = (path: string, earlier: number) =>
    path.includes("networking.k8s.io") && earlier < 2 ? OVERLOADED : PASS;
  expect(await story.wait([], { faultFor })).toMatchObject({ ending: "agreed", readings: 5 });
});

test("an API server that fails to the end leaves it unknown, with what was seen before", async () => {
  await using story = await DeployStory.begin(cluster, "lost");
  const faultFor = (_: string, earlier: number) => (earlier === 0 ? PASS : OVERLOADED);
  const ended = await story.wait([], { faultFor, timeoutMs: 5000 });
  expect(ended).toMatchObject({ ending: "unread", error: { code: "live-read-failed" } });
  expect(concerns(ended).map(([field]) => field)).toEqual([service("lost")]);
});

test("waiting does not help where the cluster may not be read", async () => {
  await using story = await DeployStory.begin(cluster, "forbidden");
  const faultFor = (): Fault => ({ kind: "answer", status: 403, body: "" });
  await expect(story.wait([], { faultFor })).rejects.toMatchObject({ code: "live-read-forbidden" });
});

test("a rollback by hand to what was deployed before is that hand's", async () => {
  await using story = await DeployStory.begin(cluster, "rolled-back");
  await story.apply(AFTER);
  await story.patchService("alice@example.com", BEFORE.service);
  const ended = await story.wait([], { timeoutMs: 0 });
  expect(concerns(ended)).toEqual([[service("rolled-back"), "out-of-band", [], "alice@example.com"]]);
});

function concerns({ concerning }: DeploymentReport) {
  return concerning.map(({ divergence }) => [
    divergence.field,
    divergence.verdict,
    divergence.commits.map(({ sha, author }) => [sha, author.email]),
    divergence.verdict === "out-of-band" ? (divergence.actor?.user ?? null) : null,
  ]);
}

function service(namespace: string): string {
  return SERVICE.replace("NS", namespace);
}
