import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { runAudit } from "../../../src/audit/run-audit.ts";
import { assemble } from "../../../src/entry/assembly/assemble.ts";
import { isJsonObject, type Json } from "../../../src/model/json.ts";
import type { AuditReport } from "../../../src/report/audit-report.ts";
import type { TestCluster } from "../cluster/test-cluster.ts";
import { listPath } from "./cluster-life.ts";
import { type Mode, shaOf } from "./judge.ts";
import type { Story } from "./life.ts";

/** The files that the audit of a story reads, beside its repository. */
export interface Evidence {
  readonly snapshot: string;
  readonly auditLog: readonly string[];
  /** Names the pipelines that no GitOps tool runs; null where there is none. */
  readonly config: string | null;
}

/** Take down what the cluster shows of a story: other stories in the same cluster are left out. */
export async function takeEvidence(story: Story, cluster: TestCluster): Promise<Evidence> {
  const evidence = {
    snapshot: path.join(cluster.scratchFolder, `live-${story.seed}.json`),
    auditLog: [path.join(cluster.scratchFolder, `audit-${story.seed}.jsonl`)],
    config:
      story.unlisted.length === 0 ? null : path.join(cluster.scratchFolder, `config-${story.seed}.yaml`),
  };
  const { clock } = story;
  if (evidence.config !== null)
    await writeFile(evidence.config, JSON.stringify({ deployers: { users: story.unlisted } }));
  await writeFile(evidence.snapshot, clock.retold(JSON.stringify(await snapshotOf(story, cluster))));
  const lines: string[] = [];
  const own = new Set(story.namespaces);
  for await (const line of createInterface({ input: createReadStream(cluster.auditLogPath) })) {
    const namespace = /"objectRef":\{[^}]*"namespace":"([^"]+)"/.exec(line)?.[1];
    if (namespace === undefined || own.has(namespace)) lines.push(clock.retold(line));
  }
  for (const file of evidence.auditLog) await writeFile(file, `${lines.join("\n")}\n`);
  return evidence;
}

function isWithoutLog(mode: Mode): boolean {
  return mode === "managedFields" || mode === "applied revision";
}

/** Audit main against the cluster, as `ingress-audit audit` does. */
export async function auditStory(story: Story, evidence: Evidence, mode: Mode): Promise<AuditReport> {
  const applied = mode === "applied revision" ? story.appliedWhole : null;
  const { request, ports } = await assemble(
    [],
    {
      repo: story.repository.dir,
      ref: "main",
      snapshot: evidence.snapshot,
      color: false,
      ...(isWithoutLog(mode) ? {} : { auditLog: evidence.auditLog }),
      ...(evidence.config === null ? {} : { config: evidence.config }),
      ...(applied === null ? {} : { appliedRevision: shaOf(story, applied) }),
    },
    {
      now: new Date(story.clock.told(Date.now())),
      signal: AbortSignal.timeout(120_000),
      stdin: Readable.from([]),
      progress: () => {},
    },
  );
  return await runAudit(request, ports);
}

const CLASSES = "/apis/networking.k8s.io/v1/ingressclasses";

async function snapshotOf(story: Story, cluster: TestCluster): Promise<Json> {
  const observedAt = new Date().toISOString();
  const items: Json[] = [];
  for (const namespace of story.namespaces) {
    const { body } = await cluster.request("auditor", "GET", listPath({ namespace, name: "" }));
    const found = isJsonObject(body) && Array.isArray(body.items) ? (body.items as readonly Json[]) : [];
    for (const item of found) {
      if (isJsonObject(item)) items.push({ apiVersion: "networking.k8s.io/v1", kind: "Ingress", ...item });
    }
  }
  const { body: classes } = await cluster.request("auditor", "GET", CLASSES);
  if (isJsonObject(classes) && Array.isArray(classes.items)) {
    for (const item of classes.items as readonly Json[]) {
      if (isJsonObject(item))
        items.push({ apiVersion: "networking.k8s.io/v1", kind: "IngressClass", ...item });
    }
  }
  // As `ingress-audit snapshot` marks its files: kubectl's do not say when they were taken.
  const metadata = { annotations: { "ingress-audit.dev/observed-at": observedAt } };
  return { apiVersion: "v1", kind: "List", metadata, items };
}
