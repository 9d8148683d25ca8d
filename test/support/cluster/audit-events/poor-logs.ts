import { ingress, ingressPath } from "../ingress-objects.ts";
import type { TestCluster } from "../test-cluster.ts";
import { type AuditEventKind, create, expectStatus, kind } from "./audit-event-kind.ts";

const alice = "alice@example.com";
const mergePatch = { contentType: "application/merge-patch+json" };

/** Writes as clusters with another audit policy log them. */
export const POOR_LOGS: readonly AuditEventKind[] = [
  kind("metadata-only", everyVerb, "metadata-only"),
  kind("request-only", everyVerb, "request-only"),
  kind("without-managed-fields", everyVerb, "without-managed-fields"),
  kind("status-annotation", annotateThroughStatus),
  kind("status-annotation-in-whole", annotateThroughStatus, "whole-status"),
];

/** Who may only write the status may yet change annotations, labels and finalizers. */
async function annotateThroughStatus(cluster: TestCluster, namespace: string): Promise<void> {
  await create(cluster, namespace);
  const annotations = { "nginx.ingress.kubernetes.io/server-snippet": "return 200;" };
  const status = `${ingressPath(namespace, "web")}/status`;
  await expectStatus(
    cluster.request("mallory@example.com", "PATCH", status, { metadata: { annotations } }, mergePatch),
    200,
  );
}

async function everyVerb(cluster: TestCluster, namespace: string): Promise<void> {
  await create(cluster, namespace);
  const changed = ingress(namespace, "web", { service: "api-v2" });
  await expectStatus(cluster.request(alice, "PUT", ingressPath(namespace, "web"), changed), 200);
  const patch = { metadata: { annotations: { team: "shop" } } };
  await expectStatus(cluster.request(alice, "PATCH", ingressPath(namespace, "web"), patch, mergePatch), 200);
  await expectStatus(cluster.request(alice, "DELETE", ingressPath(namespace, "web")), 200);
}
