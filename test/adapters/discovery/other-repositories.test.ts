import { expect, test } from "vitest";
import { sourceDiscovery } from "../../../src/adapters/discovery/discover-sources.ts";
import type { Discovery } from "../../../src/model/discovery.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { memoryTree } from "../../support/renderers/memory-tree.ts";
import { ingressText } from "../../support/renderers/render-files.ts";

const SHOP = ["git@git.example.com:acme/shop.git"];
const PLATFORM = ["git@git.example.com:acme/platform.git"];
const SHOP_URL = "https://git.example.com/acme/shop";

type Files = Record<string, string>;

/** What the shop's repository is made of, and what the platform's is, each beside the other. */
async function discoverBoth(
  { shop, platform }: { readonly shop: Files; readonly platform: Files },
  liveObjects: readonly JsonObject[] | null = null,
): Promise<{ readonly shop: Discovery; readonly platform: Discovery }> {
  const shops = { tree: memoryTree(shop), remotes: SHOP };
  const platforms = { tree: memoryTree(platform), remotes: PLATFORM };
  return {
    shop: await sourceDiscovery.discover({ ...shops, liveObjects, others: [platforms] }),
    platform: await sourceDiscovery.discover({ ...platforms, liveObjects, others: [shops] }),
  };
}

const outline = ({ sources, unrendered, problems }: Discovery) => ({
  sources: sources.map(({ source, declaredBy }) => `${declaredBy.kind} ${declaredBy.name}: ${source.id}`),
  unrendered: unrendered.map(({ declaredBy, reason }) => `${declaredBy.name}: ${reason}`),
  problems: problems.map(({ code }) => code),
});

const NOTHING = { sources: [], unrendered: [], problems: [] };

const MANIFESTS = { "eu/web.yaml": ingressText(), "us/web.yaml": ingressText() };

const application = (name: string, source: object): JsonObject => ({
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Application",
  metadata: { name, namespace: "argocd" },
  spec: {
    source: { repoURL: SHOP_URL, ...source },
    destination: { server: "https://kubernetes.default.svc", namespace: "shop" },
  },
});

test("an ApplicationSet in one repository makes Applications of another one's folders", async () => {
  const set = JSON.stringify({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "ApplicationSet",
    metadata: { name: "shops", namespace: "argocd" },
    spec: {
      generators: [{ list: { elements: [{ region: "eu" }, { region: "us" }] } }],
      template: {
        metadata: { name: "shop-{{region}}" },
        spec: {
          source: { repoURL: SHOP_URL, path: "{{region}}" },
          destination: { name: "in-cluster", namespace: "shop-{{region}}" },
        },
      },
    },
  });

  const { shop, platform } = await discoverBoth({ shop: MANIFESTS, platform: { "set.yaml": set } });

  expect(outline(shop)).toEqual({
    ...NOTHING,
    sources: ["ApplicationSet argocd/shops: shop-eu: eu", "ApplicationSet argocd/shops: shop-us: us"],
  });
  expect(outline(platform)).toEqual(NOTHING);
});

test("an ApplicationSet generates from the folders of the repository that it lies in", async () => {
  const set = JSON.stringify({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "ApplicationSet",
    metadata: { name: "shops", namespace: "argocd" },
    spec: {
      generators: [
        { git: { repoURL: "https://git.example.com/acme/platform", files: [{ path: "regions/*.json" }] } },
      ],
      template: {
        metadata: { name: "shop-{{region}}" },
        spec: { source: { repoURL: SHOP_URL, path: "{{region}}" }, destination: { name: "in-cluster" } },
      },
    },
  });
  const platform = { "set.yaml": set, "regions/eu.json": '{"region":"eu"}' };

  const found = await discoverBoth({ shop: MANIFESTS, platform });

  expect(outline(found.shop)).toEqual({ ...NOTHING, sources: ["ApplicationSet argocd/shops: shop-eu: eu"] });
});

test("a Flux Kustomization in one repository builds another one's folder, with variables of its own", async () => {
  const objects = [
    {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "GitRepository",
      metadata: { name: "shop", namespace: "flux-system" },
      spec: { url: "ssh://git@git.example.com/acme/shop" },
    },
    {
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata: { name: "shop", namespace: "flux-system" },
      spec: {
        path: "./eu",
        sourceRef: { kind: "GitRepository", name: "shop" },
        postBuild: { substituteFrom: [{ kind: "ConfigMap", name: "region" }] },
      },
    },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "region", namespace: "flux-system" },
      data: { REGION: "eu" },
    },
  ];
  const flux = objects.map((object) => JSON.stringify(object)).join("\n---\n");

  const { shop, platform } = await discoverBoth({ shop: MANIFESTS, platform: { "flux.yaml": flux } });

  expect(outline(shop)).toEqual({
    ...NOTHING,
    sources: ["Kustomization flux-system/shop: shop: kustomize eu"],
  });
  expect(shop.sources[0]).toMatchObject({
    source: { substitute: { REGION: "eu" } },
    definedBy: [],
    declaredBy: { place: null },
  });
  expect(outline(platform)).toEqual(NOTHING);
});

test("what is declared in Git and is in the cluster too is one source, with the cluster's status", async () => {
  const declared = application("shop", { path: "eu" });
  const revision = "1".repeat(40);
  const live = { ...declared, status: { sync: { status: "Synced", revision } } };

  const { shop } = await discoverBoth(
    { shop: MANIFESTS, platform: { "shop.yaml": JSON.stringify(declared) } },
    [live],
  );

  expect(outline(shop)).toEqual({ ...NOTHING, sources: ["Application argocd/shop: shop: eu"] });
  expect(shop.sources[0]?.appliedRevision).toBe(revision);
});

test("what cannot be rendered is told of once: where its files are", async () => {
  const plugin = JSON.stringify(application("made", { path: "eu", plugin: { name: "x" } }));
  const chart = JSON.stringify(
    application("redis", { repoURL: "https://charts.example.com", chart: "redis" }),
  );
  const elsewhere = JSON.stringify(application("far", { repoURL: "https://git.example.com/acme/far" }));

  const { shop, platform } = await discoverBoth({
    shop: MANIFESTS,
    platform: { "apps.yaml": [plugin, chart, elsewhere].join("\n---\n") },
  });

  expect(outline(shop).unrendered).toEqual(["argocd/made: a config management plugin renders it"]);
  expect(outline(platform).unrendered).toEqual([
    "argocd/redis: chart redis comes from https://charts.example.com",
    "argocd/far: its files come from https://git.example.com/acme/far",
  ]);
});

test("a repository that nobody applies anything of is read as if it were alone", async () => {
  const platform = {
    "app.yaml": JSON.stringify(application("far", { repoURL: "https://git.example.com/acme/far" })),
  };
  const shop = { "kustomization.yaml": "resources: [web.yaml]\n", "web.yaml": ingressText() };

  const found = await discoverBoth({ shop, platform });

  expect(outline(found.shop)).toEqual({ ...NOTHING, sources: ["kustomization file .: kustomize ."] });
});
