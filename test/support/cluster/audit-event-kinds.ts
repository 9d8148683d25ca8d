import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Json } from "../../../src/model/json.ts";
import type { AuditLevel } from "./audit-policy.ts";
import { ingress, ingressesPath, ingressPath } from "./ingress-objects.ts";
import type { TestCluster } from "./test-cluster.ts";

/** One kind of write, as it happens to a real API server in a namespace of its own. */
export interface AuditEventKind {
  readonly name: string;
  readonly policy: AuditLevel;
  readonly happen: (cluster: TestCluster, namespace: string) => Promise<void>;
}

const alice = "alice@example.com";
const argocd = "system:serviceaccount:argocd:argocd-application-controller";
const flux = "system:serviceaccount:flux-system:kustomize-controller";
const mergePatch = { contentType: "application/merge-patch+json" };
const applyPatch = { contentType: "application/apply-patch+yaml" };

export const AUDIT_EVENT_KINDS: readonly AuditEventKind[] = [
  kind("create", async (cluster, namespace) => {
    await create(cluster, namespace);
  }),
  kind("create-generate-name", async (cluster, namespace) => {
    const { name: _, ...metadata } = { ...ingress(namespace, "web").metadata, generateName: "web-" };
    await expectStatus(
      cluster.request(alice, "POST", ingressesPath(namespace), { ...ingress(namespace, "web"), metadata }),
      201,
    );
  }),
  kind("kubectl-create-and-replace", async (cluster, namespace) => {
    await cluster.kubectl(alice, ["create", "-f", "-"], { stdin: JSON.stringify(ingress(namespace, "web")) });
    const changed = JSON.stringify(ingress(namespace, "web", { service: "api-v2" }));
    await cluster.kubectl(alice, ["replace", "-f", "-"], { stdin: changed });
  }),
  kind("kubectl-replace-force", async (cluster, namespace) => {
    await create(cluster, namespace);
    const changed = JSON.stringify(ingress(namespace, "web", { service: "api-v2" }));
    await cluster.kubectl(alice, ["replace", "--force", "-f", "-"], { stdin: changed });
  }),
  kind("kubectl-apply", async (cluster, namespace) => {
    await cluster.kubectl(alice, ["apply", "-f", "-"], { stdin: JSON.stringify(ingress(namespace, "web")) });
    const changed = JSON.stringify(ingress(namespace, "web", { service: "api-v2" }));
    await cluster.kubectl(alice, ["apply", "-f", "-"], { stdin: changed });
    await cluster.kubectl(alice, ["apply", "-f", "-"], { stdin: changed });
  }),
  kind("kubectl-edit", async (cluster, namespace) => {
    await create(cluster, namespace);
    const editor = path.join(cluster.scratchFolder, "editor.sh");
    await writeFile(editor, '#!/bin/sh\nsed -i "s/name: api$/name: api-v2/" "$1"\n', { mode: 0o755 });
    await cluster.kubectl(alice, ["edit", "ingress", "web", "-n", namespace], {
      env: { KUBE_EDITOR: editor },
    });
  }),
  kind("kubectl-patch-strategic", async (cluster, namespace) => {
    await create(cluster, namespace);
    const patch = JSON.stringify({
      spec: { rules: ingress(namespace, "web", { service: "api-v2" }).spec.rules },
    });
    await cluster.kubectl(alice, ["patch", "ingress", "web", "-n", namespace, "-p", patch]);
  }),
  kind("kubectl-patch-merge", async (cluster, namespace) => {
    await create(cluster, namespace);
    const patch = JSON.stringify({
      metadata: { annotations: { team: "shop" } },
      spec: { ingressClassName: null },
    });
    await cluster.kubectl(alice, ["patch", "ingress", "web", "-n", namespace, "--type=merge", "-p", patch]);
  }),
  kind("kubectl-patch-json", async (cluster, namespace) => {
    await create(cluster, namespace);
    const service = "/spec/rules/0/http/paths/0/backend/service/name";
    const patch = JSON.stringify([{ op: "replace", path: service, value: "api-v2" }]);
    await cluster.kubectl(alice, ["patch", "ingress", "web", "-n", namespace, "--type=json", "-p", patch]);
  }),
  kind("kubectl-annotate-and-label", async (cluster, namespace) => {
    await create(cluster, namespace);
    await cluster.kubectl(alice, ["annotate", "ingress", "web", "-n", namespace, "team=shop"]);
    await cluster.kubectl(alice, ["label", "ingress", "web", "-n", namespace, "tier=front"]);
    await cluster.kubectl(alice, ["annotate", "ingress", "web", "-n", namespace, "team-"]);
  }),
  kind("server-side-apply", async (cluster, namespace) => {
    const target = `${ingressPath(namespace, "web")}?fieldManager=kustomize-controller&force=true`;
    await expectStatus(cluster.request(flux, "PATCH", target, ingress(namespace, "web"), applyPatch), 201);
    const changed = ingress(namespace, "web", { service: "api-v2" });
    await expectStatus(cluster.request(flux, "PATCH", target, changed, applyPatch), 200);
    await expectStatus(cluster.request(flux, "PATCH", target, changed, applyPatch), 200);
  }),
  kind("kubectl-apply-server-side", async (cluster, namespace) => {
    const args = ["apply", "--server-side", "--field-manager=argocd-controller", "-f", "-"];
    await cluster.kubectl(argocd, args, { stdin: JSON.stringify(ingress(namespace, "web")) });
    await cluster.kubectl(alice, ["apply", "--server-side", "-f", "-"], {
      stdin: JSON.stringify(ingress(namespace, "web", { service: "api-v2" })),
      expectFailure: true,
    });
    await cluster.kubectl(alice, ["apply", "--server-side", "--force-conflicts", "-f", "-"], {
      stdin: JSON.stringify(ingress(namespace, "web", { service: "api-v2" })),
    });
  }),
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
  kind("impersonation", async (cluster, namespace) => {
    await create(cluster, namespace);
    await cluster.kubectl(alice, [
      "annotate",
      "ingress",
      "web",
      "-n",
      namespace,
      "team=shop",
      "--as=bob@example.com",
    ]);
    await cluster.kubectl(
      "mallory@example.com",
      ["annotate", "ingress", "web", "-n", namespace, "a=b", "--as=admin"],
      {
        expectFailure: true,
      },
    );
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
  kind("metadata-only", everyVerb, "metadata-only"),
  kind("request-only", everyVerb, "request-only"),
];

async function everyVerb(cluster: TestCluster, namespace: string): Promise<void> {
  await create(cluster, namespace);
  const changed = ingress(namespace, "web", { service: "api-v2" });
  await expectStatus(cluster.request(alice, "PUT", ingressPath(namespace, "web"), changed), 200);
  const patch = { metadata: { annotations: { team: "shop" } } };
  await expectStatus(cluster.request(alice, "PATCH", ingressPath(namespace, "web"), patch, mergePatch), 200);
  await expectStatus(cluster.request(alice, "DELETE", ingressPath(namespace, "web")), 200);
}

function kind(
  name: string,
  happen: AuditEventKind["happen"],
  policy: AuditEventKind["policy"] = "sufficient",
): AuditEventKind {
  return { name, policy, happen };
}

async function create(
  cluster: TestCluster,
  namespace: string,
  user: "alice@example.com" | "bob@example.com" = alice,
  name = "web",
): Promise<Json> {
  return await expectStatus(
    cluster.request(user, "POST", ingressesPath(namespace), ingress(namespace, name)),
    201,
  );
}

async function expectStatus(answer: ReturnType<TestCluster["request"]>, status: number): Promise<Json> {
  const { status: seen, body } = await answer;
  if (seen !== status)
    throw new Error(`expected ${status}, the server answered ${seen}: ${JSON.stringify(body)}`);
  return body;
}
