import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiReader } from "../../../src/adapters/kubernetes/api-reader.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import type { TestUser } from "../../support/cluster/access.ts";
import { startCluster } from "../../support/cluster/start-cluster.ts";
import type { TestCluster } from "../../support/cluster/test-cluster.ts";

const CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const RBAC = "/apis/rbac.authorization.k8s.io/v1";

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startCluster();
  await cluster.createNamespace("argocd");
  await cluster.createNamespace("flux-system");
});

afterAll(async () => {
  await cluster.stop();
});

const read = (user: TestUser) =>
  apiReader({ kubeconfig: cluster.kubeconfig(user), gitOps: true, namespaces: "all" }).read(
    AbortSignal.timeout(30_000),
  );

test("a cluster without these kinds has none; an auditor who may not list them does not know", async () => {
  const admin = await read("admin");
  const auditor = await read("auditor");

  expect(admin.gitOpsObjects).toEqual([]);
  expect(auditor.gitOpsObjects).toBeNull();
  expect(auditor.problems).toEqual([]);
});

test("each kind is read with its type and status; a kind that may not be listed is passed over", async () => {
  await defineKind("argoproj.io", "v1alpha1", "Application", "applications");
  await defineKind("kustomize.toolkit.fluxcd.io", "v1", "Kustomization", "kustomizations");
  await defineKind("source.toolkit.fluxcd.io", "v1", "GitRepository", "gitrepositories");
  const revision = "1".repeat(40);
  await created("/apis/argoproj.io/v1alpha1/namespaces/argocd/applications", {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "shop" },
    spec: { source: { path: "deploy" } },
    status: { sync: { status: "Synced", revision } },
  });
  await created("/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations", {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name: "shop" },
    spec: { path: "./deploy" },
    status: { lastAppliedRevision: `main@sha1:${revision}` },
  });
  await grantAuditor("argoproj.io", "applications");

  const admin = await read("admin");
  const auditor = await read("auditor");

  const application = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "shop", namespace: "argocd" },
    status: { sync: { status: "Synced", revision } },
  };
  expect(admin.gitOpsObjects).toMatchObject([
    application,
    { kind: "Kustomization", status: { lastAppliedRevision: `main@sha1:${revision}` } },
  ]);
  expect(auditor.gitOpsObjects).toMatchObject([application]);
  expect(auditor.gitOpsObjects).toHaveLength(1);
});

async function defineKind(group: string, version: string, kind: string, plural: string): Promise<void> {
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  await created(CRDS, {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: {
      name: `${plural}.${group}`,
      annotations: { "api-approved.kubernetes.io": "unapproved, a test" },
    },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  });
  await served(`/apis/${group}/${version}/${plural}`);
}

/** A new kind is served some moments after its definition was accepted. */
async function served(path: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await cluster.request("admin", "GET", path)).status === 200) return;
    await sleep(100);
  }
  throw new Error(`${path} is not served`);
}

async function grantAuditor(group: string, resource: string): Promise<void> {
  const type = { apiVersion: "rbac.authorization.k8s.io/v1", metadata: { name: `list-${resource}` } };
  const rules = [{ apiGroups: [group], resources: [resource], verbs: ["list"] }];
  await created(`${RBAC}/clusterroles`, { ...type, kind: "ClusterRole", rules });
  const apiGroup = "rbac.authorization.k8s.io";
  await created(`${RBAC}/clusterrolebindings`, {
    ...type,
    kind: "ClusterRoleBinding",
    roleRef: { apiGroup, kind: "ClusterRole", name: `list-${resource}` },
    subjects: [{ apiGroup, kind: "User", name: "auditor" }],
  });
  await sleep(500);
}

async function created(path: string, object: JsonObject): Promise<void> {
  const { status, body } = await cluster.request("admin", "POST", path, object);
  if (status !== 201) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
}
