import { writeFile } from "node:fs/promises";
import path from "node:path";
import { ingress, ingressesPath, ingressPath } from "../ingress-objects.ts";
import { type AuditEventKind, create, expectStatus, kind } from "./audit-event-kind.ts";

const alice = "alice@example.com";
const argocd = "system:serviceaccount:argocd:argocd-application-controller";
const flux = "system:serviceaccount:flux-system:kustomize-controller";
const applyPatch = { contentType: "application/apply-patch+yaml" };

/** Kinds of creation and change. */
export const WRITES: readonly AuditEventKind[] = [
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
];
