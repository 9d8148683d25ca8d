/**
 * Records, one file a kind, what a real API server writes to its audit log: fixtures/audit-events/<kind>.jsonl.
 * Each kind happens in a namespace of its own, to Ingresses named `web…`.
 */
import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { isJsonObject, type Json } from "../src/model/json.ts";
import { AUDIT_EVENT_KINDS } from "../test/support/cluster/audit-events/all-kinds.ts";
import { AUDIT_LEVELS } from "../test/support/cluster/audit-policy.ts";
import { startCluster } from "../test/support/cluster/start-cluster.ts";

const folder = path.resolve(import.meta.dirname, "../fixtures/audit-events");
const recorded = (await readdir(folder)).filter((name) => name.endsWith(".jsonl"));
await Promise.all(recorded.map((name) => rm(path.join(folder, name))));

for (const auditLevel of AUDIT_LEVELS) {
  const kinds = AUDIT_EVENT_KINDS.filter((kind) => kind.auditLevel === auditLevel);
  await using cluster = await startCluster({ auditLevel });
  for (const kind of kinds) {
    await cluster.createNamespace(kind.name);
    await kind.happen(cluster, kind.name);
  }
  const events = await cluster.auditEvents();
  for (const kind of kinds) {
    const lines = events.filter((event) => namespaceOf(event) === kind.name);
    if (lines.length === 0) throw new Error(`nothing was logged for ${kind.name}`);
    await writeFile(
      path.join(folder, `${kind.name}.jsonl`),
      lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
    );
    console.log(`${kind.name}: ${lines.length}`);
  }
}

function namespaceOf(event: Json): Json | undefined {
  const reference = isJsonObject(event) ? event.objectRef : undefined;
  return isJsonObject(reference) ? reference.namespace : undefined;
}
