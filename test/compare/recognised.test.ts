import { describe, expect, test } from "vitest";
import { compareIngress } from "../../src/compare/compare-ingress.ts";
import { formatFieldPath } from "../../src/model/field-path.ts";
import type { LiveIngressClass } from "../../src/model/ingress.ts";
import { ingress } from "./support/ingress-yaml.ts";

function compare(desired: string, live: string, ingressClasses: readonly LiveIngressClass[] | null = []) {
  const { divergences, recognised } = compareIngress(ingress(desired), ingress(live), { ingressClasses });
  return {
    divergences: divergences.map(({ field }) => formatFieldPath(field)),
    recognised: recognised.map(({ rule, divergence }) => `${rule} ${formatFieldPath(divergence.field)}`),
  };
}

describe("the default IngressClass", () => {
  const nginx = { name: "nginx", isDefault: true, controller: null };
  const other = { name: "other", isDefault: false, controller: null };
  const live = "spec: { ingressClassName: nginx }";
  const expected = { divergences: [], recognised: ["default-ingress-class spec.ingressClassName"] };
  const drift = { divergences: ["spec.ingressClassName"], recognised: [] };

  test("is expected where Git names no class", () => {
    expect(compare("spec: {}", live, [other, nginx])).toEqual(expected);
  });

  test("is expected where it is the newest of several, or the first by name of those", () => {
    const older = { ...nginx, name: "a", createdAt: "2025-01-01T00:00:00Z" };
    const newest = { ...nginx, createdAt: "2026-01-01T00:00:00Z" };
    const later = { ...newest, name: "z" };
    expect(compare("spec: {}", live, [older, later, newest])).toEqual(expected);
    expect(compare("spec: {}", live, [{ ...nginx, createdAt: "2024-01-01T00:00:00Z" }, older])).toEqual(
      drift,
    );
  });

  test.each([
    ["the class is not the default", "spec: {}", [{ ...nginx, isDefault: false }]],
    ["another class is the default", "spec: {}", [{ ...other, isDefault: true }]],
    ["there are several, of unknown age", "spec: {}", [nginx, { ...other, isDefault: true }]],
    ["the classes could not be read", "spec: {}", null],
    ["Git names another class", "spec: { ingressClassName: internal }", [nginx]],
    ["Git has the annotation", 'metadata: { annotations: { kubernetes.io/ingress.class: "" } }', [nginx]],
  ])("is drift where %s", (_, desired, classes) => {
    const { divergences, recognised } = compare(desired, live, classes);
    expect(divergences).toContain("spec.ingressClassName");
    expect(recognised).toEqual([]);
  });
});

describe("an IngressClass that nobody owns", () => {
  const live = (fields: string) =>
    `{ metadata: { managedFields: [{ manager: argocd-controller, fieldsV1: ${fields} }] },
       spec: { ingressClassName: nginx } }`;
  const another: LiveIngressClass = { name: "other", isDefault: true, controller: null };

  test("was filled in by admission, also when another class has become the default since", () => {
    const { divergences } = compare("spec: {}", live("{ 'f:spec': { 'f:rules': {} } }"), [another]);
    expect(divergences).toEqual([]);
  });

  test.each([
    ["somebody owns it", "{ 'f:spec': { 'f:rules': {}, 'f:ingressClassName': {} } }"],
    ["managedFields was cleared", "{}"],
  ])("is drift where %s", (_, fields) => {
    expect(compare("spec: {}", live(fields), [another]).divergences).toEqual(["spec.ingressClassName"]);
  });
});

test("an IngressClass that somebody wrote is drift, also where it is the default", () => {
  const live = (manager: string) =>
    `{ metadata: { managedFields: [{ manager: kubectl, fieldsV1: { 'f:spec': { 'f:rules': {} } } },
       { manager: ${manager}, fieldsV1: { 'f:spec': { 'f:ingressClassName': {} } } }] },
       spec: { ingressClassName: nginx } }`;
  const classes = [{ name: "nginx", isDefault: true, controller: null }];
  expect(compare("spec: {}", live("kubectl-patch"), classes).divergences).toEqual(["spec.ingressClassName"]);
  expect(compare("spec: {}", live("before-first-apply"), classes).divergences).toEqual([]);
  // Server-side apply of null owns what admission fills in.
  expect(compare("spec: { ingressClassName: null }", live("kubectl"), classes).divergences).toEqual([]);
});

describe("a label that is null in Git", () => {
  test.each(["metadata: { labels: { a: x } }", 'metadata: { labels: { a: x, b: "" } }'])(
    "is expected missing or empty: %s",
    (live) => {
      expect(compare("metadata: { labels: { a: x, b: null } }", live).divergences).toEqual([]);
    },
  );

  test.each([
    ["metadata: { labels: { b: null } }", "metadata: { labels: { b: x } }", "b"],
    ['metadata: { labels: { b: "" } }', "{}", "b"],
    ["metadata: { annotations: { b: null } }", "{}", null],
  ])("%s is drift against %s", (desired, live, label) => {
    const field = label === null ? 'metadata.annotations["b"]' : `metadata.labels["${label}"]`;
    expect(compare(desired, live).divergences).toEqual([field]);
  });
});

describe("marks that are wholly this object's own are recognised", () => {
  test.each([
    [
      "Argo CD's tracking id, with its installation",
      `metadata: { annotations: { argocd.argoproj.io/installation-id: here,
         argocd.argoproj.io/tracking-id: "shop:networking.k8s.io/Ingress:shop/web" } }`,
      [
        'argocd-tracking-id metadata.annotations["argocd.argoproj.io/installation-id"]',
        'argocd-tracking-id metadata.annotations["argocd.argoproj.io/tracking-id"]',
      ],
    ],
    [
      "Argo CD's label beside its tracking id",
      `metadata: { labels: { app.kubernetes.io/instance: shop }, annotations: {
         argocd.argoproj.io/tracking-id: "shop:networking.k8s.io/Ingress:shop/web" } }`,
      [
        'argocd-tracking-id metadata.annotations["argocd.argoproj.io/tracking-id"]',
        'argocd-instance-label metadata.labels["app.kubernetes.io/instance"]',
      ],
    ],
    [
      "Argo CD's label that its controller owns",
      `metadata: { labels: { app.kubernetes.io/instance: shop }, managedFields: [{ manager: argocd-controller,
         fieldsV1: { "f:metadata": { "f:labels": { "f:app.kubernetes.io/instance": {} } } } }] }`,
      ['argocd-instance-label metadata.labels["app.kubernetes.io/instance"]'],
    ],
    [
      "Flux's Kustomization",
      `metadata: { labels: { kustomize.toolkit.fluxcd.io/name: shop, kustomize.toolkit.fluxcd.io/namespace: flux } }`,
      [
        'flux-kustomization-labels metadata.labels["kustomize.toolkit.fluxcd.io/name"]',
        'flux-kustomization-labels metadata.labels["kustomize.toolkit.fluxcd.io/namespace"]',
      ],
    ],
    [
      "Flux's HelmRelease",
      `metadata: { labels: { helm.toolkit.fluxcd.io/name: shop, helm.toolkit.fluxcd.io/namespace: flux } }`,
      [
        'flux-helm-release-labels metadata.labels["helm.toolkit.fluxcd.io/name"]',
        'flux-helm-release-labels metadata.labels["helm.toolkit.fluxcd.io/namespace"]',
      ],
    ],
    [
      "Helm's release",
      `metadata: { labels: { app.kubernetes.io/managed-by: Helm },
         annotations: { meta.helm.sh/release-name: shop, meta.helm.sh/release-namespace: shop } }`,
      [
        'helm-release metadata.annotations["meta.helm.sh/release-name"]',
        'helm-release metadata.annotations["meta.helm.sh/release-namespace"]',
        'helm-release metadata.labels["app.kubernetes.io/managed-by"]',
      ],
    ],
  ])("%s", (_, live, recognised) => {
    expect(compare("{}", live)).toEqual({ divergences: [], recognised });
  });
});

describe("marks that are not are divergences", () => {
  test.each([
    [
      "a tracking id of another object",
      `annotations: { argocd.argoproj.io/tracking-id: "shop:networking.k8s.io/Ingress:shop/web2" }`,
      1,
    ],
    [
      "a tracking id of another kind",
      `annotations: { argocd.argoproj.io/tracking-id: "shop:apps/Deployment:shop/web" }`,
      1,
    ],
    ["an installation without a tracking id", "annotations: { argocd.argoproj.io/installation-id: here }", 1],
    ["an instance label that no Argo CD owns", "labels: { app.kubernetes.io/instance: shop }", 1],
    [
      "an instance label that someone else owns",
      `labels: { app.kubernetes.io/instance: shop }, managedFields: [null, { manager: kubectl,
         fieldsV1: { "f:metadata": { "f:labels": { "f:app.kubernetes.io/instance": {} } } } }]`,
      1,
    ],
    [
      "the label of another application than the tracking id's",
      `labels: { app.kubernetes.io/instance: other }, annotations: {
         argocd.argoproj.io/tracking-id: "shop:networking.k8s.io/Ingress:shop/web" }`,
      1,
    ],
    ["half of Flux's labels", "labels: { kustomize.toolkit.fluxcd.io/name: shop }", 1],
    [
      "empty Flux labels",
      'labels: { kustomize.toolkit.fluxcd.io/name: shop, kustomize.toolkit.fluxcd.io/namespace: "" }',
      2,
    ],
    ["managed by Helm without a release", "labels: { app.kubernetes.io/managed-by: Helm }", 1],
    [
      "a release that is not managed by Helm",
      "annotations: { meta.helm.sh/release-name: shop, meta.helm.sh/release-namespace: shop }",
      2,
    ],
    [
      "GitOps switched off",
      `annotations: { kustomize.toolkit.fluxcd.io/reconcile: disabled },
         labels: { kustomize.toolkit.fluxcd.io/name: shop, kustomize.toolkit.fluxcd.io/namespace: flux }`,
      1,
    ],
  ])("%s", (_, metadata, count) => {
    expect(compare("{}", `metadata: { ${metadata} }`).divergences).toHaveLength(count);
  });

  test("a mark that Git sets is compared like any other field", () => {
    const tracking = (app: string) =>
      `metadata: { annotations: { argocd.argoproj.io/tracking-id: "${app}:networking.k8s.io/Ingress:shop/web" } }`;
    const field = 'metadata.annotations["argocd.argoproj.io/tracking-id"]';
    expect(compare(tracking("a"), tracking("b"))).toEqual({ divergences: [field], recognised: [] });
    expect(compare(tracking("a"), "{}")).toEqual({ divergences: [field], recognised: [] });
  });
});

describe("a field that Ingress does not define", () => {
  test("is dropped by the API server, and so expected to be missing live", () => {
    expect(compare("{ metadata: { note: 1 }, spec: { shard: 3 } }", "{}")).toEqual({
      divergences: [],
      recognised: ["undefined-field-dropped metadata.note", "undefined-field-dropped spec.shard"],
    });
  });

  test("is drift where only live has it, or where the API server kept another value", () => {
    expect(compare("{}", "spec: { shard: 3 }").divergences).toEqual(["spec.shard"]);
    expect(compare("spec: { shard: 2 }", "spec: { shard: 3 }").divergences).toEqual(["spec.shard"]);
  });
});

describe("an Ingress that is being deleted", () => {
  const live = ingress(`
    metadata: { deletionTimestamp: "2026-03-01T10:00:00Z", finalizers: [example.com/hold] }
    spec: { ingressClassName: nginx }`);
  const at = (observedAt: string | null) => ({ ingressClasses: [], observedAt });
  const deletion = { at: "2026-03-01T10:00:00Z", finalizers: ["example.com/hold"] };

  test("is missing as a whole where Git declares it, beside what else differs", () => {
    const desired = ingress("spec: { ingressClassName: internal }");
    const { divergences } = compareIngress(desired, live, at("2026-03-01T10:05:00Z"));
    expect(
      divergences.map(({ field, ...rest }) => ({ field: formatFieldPath(field), ...rest })),
    ).toMatchObject([
      {
        field: "",
        change: "removed",
        desired: { spec: { ingressClassName: "internal" } },
        live: undefined,
        deletion,
      },
      { field: 'metadata.finalizers["example.com/hold"]', change: "added" },
      { field: "spec.ingressClassName", change: "changed", live: "nginx" },
    ]);
  });

  test("is expected where Git declares none, until its finalizers have held it for an hour", () => {
    const early = compareIngress(null, live, at("2026-03-01T10:59:59Z"));
    expect(early).toMatchObject({ divergences: [], recognised: [{ rule: "terminating" }] });
    for (const observedAt of ["2026-03-01T11:00:00Z", null]) {
      const { divergences } = compareIngress(null, live, at(observedAt));
      expect(divergences).toMatchObject([{ field: [], change: "added", deletion }]);
    }
  });
});
