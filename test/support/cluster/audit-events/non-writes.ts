import { ingress, ingressesPath, ingressPath } from "../ingress-objects.ts";
import { type AuditEventKind, create, expectStatus, kind } from "./audit-event-kind.ts";

const alice = "alice@example.com";
const argocd = "system:serviceaccount:argocd:argocd-application-controller";
const mergePatch = { contentType: "application/merge-patch+json" };

/** Requests that look like writes and change nothing that the audit compares. */
export const NON_WRITES: readonly AuditEventKind[] = [
  kind("dry-run", async (cluster, namespace) => {
    await create(cluster, namespace);
    const web = ingressPath(namespace, "web");
    const changed = { stdin: JSON.stringify(ingress(namespace, "web", { service: "api-v2" })) };
    await cluster.kubectl(alice, ["replace", "--dry-run=server", "-f", "-"], changed);
    await cluster.kubectl(
      alice,
      ["apply", "--dry-run=server", "--server-side", "--force-conflicts", "-f", "-"],
      changed,
    );
    await cluster.kubectl(alice, ["delete", "ingress", "web", "-n", namespace, "--dry-run=server"]);
    const options = { apiVersion: "v1", kind: "DeleteOptions", dryRun: ["All"] };
    await expectStatus(cluster.request(alice, "DELETE", web, options), 200);
    await expectStatus(cluster.request(alice, "DELETE", ingressesPath(namespace), options), 200);
    await expectStatus(cluster.request(alice, "DELETE", `${web}?dryRun=All`), 200);
  }),
  kind("kubectl-diff", async (cluster, namespace) => {
    await create(cluster, namespace);
    const stdin = JSON.stringify(ingress(namespace, "web", { service: "api-v2" }));
    await cluster.kubectl(alice, ["diff", "-f", "-"], { stdin, expectFailure: true });
  }),
  kind("refused", async (cluster, namespace) => {
    await create(cluster, namespace);
    const patch = { metadata: { annotations: { team: "shop" } } };
    const web = ingressPath(namespace, "web");
    await expectStatus(cluster.request("auditor", "PATCH", web, patch, mergePatch), 403);
    await expectStatus(cluster.request("nobody", "DELETE", web), 403);
    const headers = { authorization: "Bearer not-a-token" };
    await expectStatus(cluster.request("nobody", "PATCH", web, patch, { ...mergePatch, headers }), 401);
  }),
  kind("failed", async (cluster, namespace) => {
    await create(cluster, namespace);
    const web = ingress(namespace, "web");
    const stale = { ...web, metadata: { ...web.metadata, resourceVersion: "1" } };
    await expectStatus(cluster.request(alice, "PUT", ingressPath(namespace, "web"), stale), 409);
    await expectStatus(cluster.request(alice, "POST", ingressesPath(namespace), web), 409);
    const patch = { spec: { rules: [{ host: "Not A Host" }] } };
    await expectStatus(
      cluster.request(alice, "PATCH", ingressPath(namespace, "web"), patch, mergePatch),
      422,
    );
    await expectStatus(
      cluster.request(alice, "PATCH", ingressPath(namespace, "gone"), patch, mergePatch),
      404,
    );
    await expectStatus(cluster.request(alice, "DELETE", ingressPath(namespace, "gone")), 404);
  }),
  kind("status", async (cluster, namespace) => {
    await create(cluster, namespace);
    const status = { status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } } };
    await expectStatus(
      cluster.request(argocd, "PATCH", `${ingressPath(namespace, "web")}/status`, status, mergePatch),
      200,
    );
    await expectStatus(
      cluster.request(argocd, "PATCH", ingressPath(namespace, "web"), status, mergePatch),
      200,
    );
  }),
  kind("no-change", async (cluster, namespace) => {
    const created = await create(cluster, namespace);
    const same = { metadata: { annotations: { team: null } } };
    await expectStatus(cluster.request(alice, "PATCH", ingressPath(namespace, "web"), same, mergePatch), 200);
    await expectStatus(cluster.request(alice, "PUT", ingressPath(namespace, "web"), created), 200);
  }),
];
