import type { Json } from "../../../../src/model/json.ts";
import { ingress, ingressesPath, ingressPath } from "../ingress-objects.ts";
import { type AuditEventKind, create, expectStatus, kind } from "./audit-event-kind.ts";

const alice = "alice@example.com";
const mergePatch = { contentType: "application/merge-patch+json" };

/** Kinds of deletion. */
export const DELETES: readonly AuditEventKind[] = [
  kind("delete", async (cluster, namespace) => {
    await create(cluster, namespace);
    await cluster.kubectl(alice, ["delete", "ingress", "web", "-n", namespace]);
  }),
  kind("delete-and-create-again", async (cluster, namespace) => {
    await create(cluster, namespace);
    await expectStatus(cluster.request(alice, "DELETE", ingressPath(namespace, "web")), 200);
    await create(cluster, namespace, "bob@example.com");
  }),
  kind("delete-with-finalizer", async (cluster, namespace) => {
    const web = ingress(namespace, "web");
    const held = { ...web, metadata: { ...web.metadata, finalizers: ["example.com/hold"] } };
    await expectStatus(cluster.request(alice, "POST", ingressesPath(namespace), held), 201);
    await expectStatus(cluster.request("bob@example.com", "DELETE", ingressPath(namespace, "web")), 200);
    const release: Json = { metadata: { finalizers: null } };
    await expectStatus(
      cluster.request("carol@example.com", "PATCH", ingressPath(namespace, "web"), release, mergePatch),
      200,
    );
  }),
  kind("delete-collection", async (cluster, namespace) => {
    for (const name of ["web-1", "web-2", "web-3"]) await create(cluster, namespace, alice, name);
    await expectStatus(
      cluster.request(
        "mallory@example.com",
        "DELETE",
        `${ingressesPath(namespace)}?labelSelector=app%3Dweb-1`,
      ),
      200,
    );
    await expectStatus(cluster.request("mallory@example.com", "DELETE", ingressesPath(namespace)), 200);
  }),
  kind("kubectl-delete-all", async (cluster, namespace) => {
    for (const name of ["web-1", "web-2"]) await create(cluster, namespace, alice, name);
    await cluster.kubectl("mallory@example.com", ["delete", "ingress", "--all", "-n", namespace]);
  }),
];
