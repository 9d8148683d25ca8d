import path from "node:path";
import { describe, expect, test } from "vitest";
import { auditLogFiles } from "../../../src/adapters/audit-log/audit-log-files.ts";
import { fieldWrites } from "../../../src/attribute/writes/field-writes.ts";
import { keyIngress } from "../../../src/compare/key-ingress.ts";
import { parseFieldPath } from "../../../src/model/field-path.ts";
import type { IngressObject } from "../../../src/model/ingress.ts";
import { isJsonObject } from "../../../src/model/json.ts";
import { keyedValueAt } from "../../../src/model/keyed-ingress.ts";

const SERVICE =
  'spec.rules[host="web.example.com"].http.paths[path="/",pathType="Prefix"].backend.service.name';
const TEAM = 'metadata.annotations["team"]';
const CLASS = "spec.ingressClassName";
const CONTROLLER = "system:serviceaccount:argocd:argocd-application-controller";
const FLUX = "system:serviceaccount:flux-system:kustomize-controller";

/** What the recorded events of one kind say of the field, if the last recorded state is what the cluster holds. */
async function verdict(
  kind: string,
  field: string,
  change: (live: IngressObject) => IngressObject = (live) => live,
) {
  const cwd = path.resolve(import.meta.dirname, "../../../fixtures/audit-events");
  const trail = await auditLogFiles({ files: [`${kind}.jsonl`], cwd }).read(AbortSignal.timeout(10_000));
  const name = trail.writes.at(-1)?.id.name;
  const writes = trail.writes.filter((write) => write.id.name === name);
  const last = writes.findLast((write) => write.after !== undefined)?.after;
  const object = last === null || last === undefined ? null : change(last);
  const metadata = isJsonObject(object?.metadata) ? object.metadata : {};
  const segments = parseFieldPath(field) ?? [];
  const { liveWrite } = fieldWrites({
    writes: writes.map((write) => ({
      write,
      after: write.after === null || write.after === undefined ? write.after : keyIngress(write.after),
    })),
    live: object && {
      keyed: keyIngress(object),
      uid: String(metadata.uid),
      resourceVersion: String(metadata.resourceVersion),
      generation: Number(metadata.generation),
    },
    read: (ingress) => (segments.length === 0 ? true : keyedValueAt(ingress, segments)),
    field: segments,
    logFirstEventAt: trail.firstEventAt,
  });
  return "transition" in liveWrite
    ? `${liveWrite.kind} ${liveWrite.transition.write.verb} ${liveWrite.transition.write.user}`
    : liveWrite.kind;
}

describe("events that a real API server logged", () => {
  test.each([
    ["create", SERVICE, "shown create alice@example.com"],
    ["create-generate-name", "", "shown create alice@example.com"],
    ["kubectl-create-and-replace", SERVICE, "shown update alice@example.com"],
    ["kubectl-apply", SERVICE, "shown patch alice@example.com"],
    ["kubectl-edit", SERVICE, "shown patch alice@example.com"],
    ["kubectl-patch-strategic", SERVICE, "shown patch alice@example.com"],
    ["kubectl-patch-json", SERVICE, "shown patch alice@example.com"],
    ["kubectl-patch-merge", TEAM, "shown patch alice@example.com"],
    ["kubectl-patch-merge", CLASS, "shown patch alice@example.com"],
    ["kubectl-replace-force", "", "shown create alice@example.com"],
    ["server-side-apply", SERVICE, `shown patch ${FLUX}`],
    ["server-side-apply", CLASS, `shown create ${FLUX}`],
    ["kubectl-apply-server-side", SERVICE, "shown patch alice@example.com"],
    ["kubectl-apply-server-side", CLASS, `shown create ${CONTROLLER}`],
    ["delete", "", "shown delete alice@example.com"],
    ["delete-and-create-again", SERVICE, "shown create bob@example.com"],
    ["delete-with-finalizer", "", "shown delete bob@example.com"],
    ["delete-collection", "", "shown delete mallory@example.com"],
    ["dry-run", SERVICE, "shown create alice@example.com"],
    ["kubectl-diff", SERVICE, "shown create alice@example.com"],
    ["failed", SERVICE, "shown create alice@example.com"],
    ["status", SERVICE, "shown create alice@example.com"],
    ["no-change", CLASS, "shown create alice@example.com"],
    ["impersonation", TEAM, "shown patch bob@example.com"],
    ["mutating-webhook", 'metadata.annotations["injected-by-webhook"]', "admission create alice@example.com"],
    ["mutating-webhook", CLASS, "shown create alice@example.com"],
    ["without-managed-fields", "", "shown delete alice@example.com"],
    [
      "status-annotation-in-whole",
      'metadata.annotations["nginx.ingress.kubernetes.io/server-snippet"]',
      "shown patch mallory@example.com",
    ],
    ["request-only", "", "shown delete alice@example.com"],
    ["metadata-only", "", "gap"],
  ])("%s: %s", async (kind, field, expected) => {
    expect(await verdict(kind, field)).toBe(expected);
  });

  test("an annotation through the status, logged without its body, is nobody's", async () => {
    const inject = (live: IngressObject): IngressObject => {
      const metadata = isJsonObject(live.metadata) ? live.metadata : {};
      return {
        ...live,
        metadata: { ...metadata, resourceVersion: "999999", annotations: { injected: "x" } },
      };
    };
    expect(await verdict("status-annotation", 'metadata.annotations["injected"]', inject)).toBe("gap");
    expect(await verdict("status-annotation", SERVICE, inject)).toBe("shown create alice@example.com");
  });
});
