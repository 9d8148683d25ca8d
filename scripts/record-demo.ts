/**
 * Records the demo from a real API server: fixtures/demo/. The story takes some minutes, because its commits and its
 * writes to the cluster happen one after the other, with a pause between them.
 *
 *   npm run demo:record [-- PAUSE_SECONDS]
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { apiReader } from "../src/adapters/kubernetes/api-reader.ts";
import { writeSnapshot } from "../src/adapters/kubernetes/write-snapshot.ts";
import { runAudit } from "../src/audit/run-audit.ts";
import { assembleDemo } from "../src/entry/cli/demo-command.ts";
import { DEMO_FILES, type DemoNotes, withDemoRecording } from "../src/entry/cli/demo-recording.ts";
import { isJsonObject, type Json } from "../src/model/json.ts";
import { KUBERNETES_VERSION } from "../test/support/cluster/assets.ts";
import { startCluster } from "../test/support/cluster/start-cluster.ts";
import type { TestCluster } from "../test/support/cluster/test-cluster.ts";
import { missingFromDemo } from "./demo/check-recording.ts";
import { ClusterStory } from "./demo/cluster-story.ts";
import { GitStory } from "./demo/git-story.ts";

const SURROUNDINGS = {
  now: new Date(),
  signal: new AbortController().signal,
  stdin: process.stdin,
  progress: () => {},
};

const CLUSTER = "prod-eu";
const REMOTE = "https://github.com/example/shop.git";
const folder = path.resolve(import.meta.dirname, "../fixtures/demo");
const pauseMs = Number(process.argv[2] ?? 20) * 1000;
// Times in Git are whole seconds: what happens in the same one has no order.
if (!(pauseMs >= 2000)) throw new RangeError("the pause must be 2 seconds or longer");

await mkdir(folder, { recursive: true });
const cluster = await startCluster();
try {
  await recordStory(cluster);
} finally {
  await cluster.stop();
}
const report = await withDemoRecording(
  new AbortController().signal,
  async (recording) => {
    const { request, ports } = await assembleDemo(recording, SURROUNDINGS);
    return await runAudit(request, ports);
  },
  folder,
);
const missing = missingFromDemo(report);
if (missing.length > 0) throw new Error(`The audit of the recording does not show: ${missing.join("; ")}`);

async function recordStory(cluster: TestCluster): Promise<void> {
  await cluster.createNamespace("shop");
  const git = new GitStory(new Date());
  const story = new ClusterStory(cluster);
  await happen(git, story);
  const { observedAt } = await recordCluster(cluster);
  // The demo and the README say so: the snippet, which Git does not mention, is invisible to it.
  await story.expectNothingFromKubectlDiff(git.manifest("web.yaml"));
  await record(DEMO_FILES.history, git.builder.streamAfter(0));
  const repository = await git.builder.write({ bare: true });
  const notes: DemoNotes = {
    recordedAt: observedAt,
    kubernetesVersion: `v${KUBERNETES_VERSION}`,
    appliedRevision: repository.sha(git.deployed),
    remote: REMOTE,
  };
  repository.remove();
  await record(DEMO_FILES.notes, `${JSON.stringify(notes, null, 2)}\n`);
}

/** Deployed first; then people, a controller and Git go on, each at their own moment. */
async function happen(git: GitStory, cluster: ClusterStory): Promise<void> {
  await cluster.deploy(git.manifests());
  const acts: readonly (() => Promise<void> | void)[] = [
    () => cluster.injectSnippet(),
    () => git.mergeSearch(new Date()),
    () => cluster.rollCheckoutBack(),
    () => cluster.applyFromBranch(git.manifest("account.yaml", git.accountBranch)),
    () => cluster.raiseBodySize(),
    () => git.squashBodySize(new Date()),
    () => cluster.answerChallenge(),
    () => cluster.deleteAdmin(),
    () => cluster.pauseAlerts(),
    () => git.formatEverything(new Date()),
  ];
  for (const act of acts) {
    await sleep(pauseMs);
    await act();
  }
  await sleep(pauseMs);
}

async function recordCluster(cluster: TestCluster): Promise<{ observedAt: string }> {
  const reader = apiReader({ kubeconfig: cluster.kubeconfig("auditor"), namespaces: "all" });
  const live = await reader.read(AbortSignal.timeout(60_000));
  if (live.observedAt === null) throw new Error("the API server's reader must know when it read");
  await record(DEMO_FILES.snapshot, writeSnapshot({ ...live, cluster: CLUSTER }));
  await record(DEMO_FILES.auditLog, await ingressEvents(cluster));
  return { observedAt: live.observedAt };
}

/** The lines about Ingresses as they are, and the first and the last of all, which tell what the log covers. */
async function ingressEvents(cluster: TestCluster): Promise<string> {
  const lines = (await readFile(cluster.auditLogPath, "utf8")).split("\n").filter((line) => line !== "");
  const kept = lines.filter(
    (line, index) => index === 0 || index === lines.length - 1 || isAboutIngress(JSON.parse(line)),
  );
  return kept.map((line) => `${line}\n`).join("");
}

function isAboutIngress(event: Json): boolean {
  const reference = isJsonObject(event) ? event.objectRef : undefined;
  return isJsonObject(reference) && reference.resource === "ingresses";
}

async function record(name: string, content: string | Buffer): Promise<void> {
  await writeFile(path.join(folder, name), content);
  console.log(`${name}: ${Buffer.byteLength(content)} bytes`);
}
