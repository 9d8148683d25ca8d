/**
 * Records, one file a kind, what a real API server writes to its audit log: fixtures/audit-events/<kind>.jsonl.
 * Each kind happens in a namespace of its own, to Ingresses named `web…`.
 */
import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { isJsonObject, type Json } from "../src/model/json.ts";
import { AUDIT_EVENT_KINDS } from "../test/support/cluster/audit-events/all-kinds.ts";
import type { AuditEventKind } from "../test/support/cluster/audit-events/audit-event-kind.ts";
import { AUDIT_LEVELS } from "../test/support/cluster/audit-policy.ts";
import { startCluster } from "../test/support/cluster/start-cluster.ts";
import type { TestCluster } from "../test/support/cluster/test-cluster.ts";

const folder = path.resolve(import.meta.dirname, "../fixtures/audit-events");
const recorded = (await readdir(folder)).filter((name) => name.endsWith(".jsonl"));
await Promise.all(recorded.map((name) => rm(path.join(folder, name))));

for (const auditLevel of AUDIT_LEVELS) {
  const cluster = await startCluster({ auditLevel });
  try {
    await record(
      cluster,
      AUDIT_EVENT_KINDS.filter((kind) => kind.auditLevel === auditLevel),
    );
  } finally {
    await cluster.stop();
  }
}

async function record(cluster: TestCluster, kinds: readonly AuditEventKind[]): Promise<void> {
  for (const kind of kinds) {
    await cluster.createNamespace(kind.name);
    await kind.happen(cluster, kind.name);
  }
  const events = await cluster.auditEvents();
  for (const { name } of kinds) {
    const lines = events.filter((event) => namespaceOf(event) === name);
    if (lines.length === 0) throw new Error(`nothing was logged for ${name}`);
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    await writeFile(path.join(folder, `${name}.jsonl`), text);
    console.log(`${name}: ${lines.length}`);
  }
}

function namespaceOf(event: Json): Json | undefined {
  const reference = isJsonObject(event) ? event.objectRef : undefined;
  return isJsonObject(reference) ? reference.namespace : undefined;
}
