import { expect, test } from "vitest";
import { sourceDiscovery } from "../../../src/adapters/discovery/discover-sources.ts";
import type { Discovery } from "../../../src/model/discovery.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { memoryTree } from "../../support/renderers/memory-tree.ts";
import { ingressText } from "../../support/renderers/render-files.ts";

const REMOTE = "git@git.example.com:team/deploy.git";
const URL = "https://git.example.com/team/deploy";

const discover = (files: Record<string, string>, liveObjects: readonly JsonObject[] | null = null) =>
  sourceDiscovery.discover({ tree: memoryTree(files), remotes: [REMOTE], liveObjects });

const application = (name: string, spec: object): string =>
  JSON.stringify({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name, namespace: "argocd" },
    spec: { destination: { server: "https://kubernetes.default.svc", namespace: "shop" }, ...spec },
  });

const fluxObjects = (kind: "Kustomization" | "HelmRelease", spec: object): string =>
  [
    {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "GitRepository",
      metadata: { name: "deploy", namespace: "flux-system" },
      spec: { url: `ssh://git@git.example.com/team/deploy.git` },
    },
    {
      apiVersion: kind === "Kustomization" ? "kustomize.toolkit.fluxcd.io/v1" : "helm.toolkit.fluxcd.io/v2",
      kind,
      metadata: { name: "shop", namespace: "flux-system" },
      spec,
    },
  ]
    .map((object) => JSON.stringify(object))
    .join("\n---\n");

const FROM = { kind: "GitRepository", name: "deploy" };
const CHART = { "chart/Chart.yaml": "apiVersion: v2\nname: c\nversion: 0.1.0\n" };
const KUSTOMIZATION = {
  "deploy/kustomization.yaml": "resources: [web.yaml]\n",
  "deploy/web.yaml": ingressText(),
};

const outline = ({ sources, unrendered }: Discovery) => [
  ...sources.map(
    ({ source, declaredBy }) => `${declaredBy.kind} ${declaredBy.name}: ${source.kind} ${source.id}`,
  ),
  ...unrendered.map(
    ({ declaredBy, reason }) => `${declaredBy.kind} ${declaredBy.name} not rendered: ${reason}`,
  ),
];

test("a repository of plain manifests has no sources", async () => {
  const found = await discover({ "deploy/web.yaml": ingressText() });

  expect(outline(found)).toEqual([]);
  expect(found.isInput("deploy/web.yaml")).toBe(false);
});

test("without a declaration each kustomization that no other one uses is a source; bases, components and patches are inputs", async () => {
  const found = await discover({
    "base/kustomization.yaml": "resources: [web.yaml]\n",
    "base/web.yaml": ingressText(),
    "tls/kustomization.yaml": "kind: Component\nresources: [tls.yaml]\n",
    "prod/kustomization.yaml": "resources: [../base]\ncomponents: [../tls]\npatches: [{ path: p.yaml }]\n",
    "prod/p.yaml": ingressText(),
    "fragment/kustomization.yaml": "namePrefix: a-\n",
    "other/plain.yaml": ingressText(),
  });

  expect(outline(found)).toEqual(["kustomization file prod: kustomize kustomize prod"]);
  expect(["base/web.yaml", "prod/p.yaml", "other/plain.yaml"].map(found.isInput)).toEqual([
    true,
    true,
    false,
  ]);
});

test("an Application's folder is rendered as Argo CD tells it: chart, kustomization, plain", async () => {
  const found = await discover({
    ...CHART,
    ...KUSTOMIZATION,
    "plain/web.yaml": ingressText(),
    "apps/a.json": application("chart", {
      source: {
        repoURL: URL,
        path: "chart/",
        helm: {
          releaseName: "eu",
          valueFiles: ["values.yaml", "/envs/prod.yaml"],
          valuesObject: { a: 1 },
          parameters: [{ name: "app", value: "$ARGOCD_APP_NAME" }],
        },
      },
    }),
    "apps/b.json": application("kustomization", {
      source: {
        repoURL: URL,
        path: "./deploy",
        kustomize: { namePrefix: "eu-", commonAnnotations: { a: "b" } },
      },
    }),
    "apps/c.json": application("plain", {
      source: { repoURL: URL, path: "plain", directory: { recurse: true, include: "{a.yaml,b/*.yaml}" } },
    }),
  });

  expect(found.sources.map(({ source }) => source)).toMatchObject([
    {
      kind: "helm",
      chart: "chart",
      releaseName: "eu",
      namespace: "shop",
      valueFiles: ["chart/values.yaml", "envs/prod.yaml"],
      values: { a: 1 },
      set: [{ name: "app", value: "chart", forceString: false }],
    },
    { kind: "kustomize", root: "deploy", overrides: { namePrefix: "eu-", commonAnnotations: { a: "b" } } },
    { kind: "plain", folder: "plain", recurse: true, include: ["a.yaml", "b/*.yaml"] },
  ]);
  expect(found.sources[0]).toMatchObject({
    definedBy: ["apps/a.json"],
    declaredBy: { place: { path: "apps/a.json", line: 1 } },
  });
});

test("of multiple sources, one lends its values files to another; a chart from elsewhere is not rendered", async () => {
  const found = await discover({
    ...CHART,
    "envs/prod.yaml": "a: 1\n",
    "apps/a.json": application("shop", {
      sources: [
        { repoURL: URL, path: "chart", helm: { valueFiles: ["$values/envs/prod.yaml"] } },
        { repoURL: URL, ref: "values" },
        { repoURL: "https://charts.example.com", chart: "redis", targetRevision: "1.0.0" },
      ],
    }),
  });

  expect(outline(found)).toEqual([
    "Application argocd/shop: helm shop[0]: helm chart",
    "Application argocd/shop not rendered: chart redis comes from https://charts.example.com",
  ]);
  expect(found.sources[0]?.source).toMatchObject({ valueFiles: ["envs/prod.yaml"] });
});

test("a parameter may be the text of a file: of the chart, of the repository's root, of another source", async () => {
  const found = await discover({
    ...CHART,
    "apps/a.json": application("shop", {
      sources: [
        {
          repoURL: URL,
          path: "chart",
          helm: {
            fileParameters: [
              { name: "banner", path: "files/$ARGOCD_APP_NAME.txt" },
              { name: "host", path: "/envs/host.txt" },
              { name: "tls", path: "$values/envs/tls.txt" },
            ],
          },
        },
        { repoURL: URL, ref: "values" },
      ],
    }),
  });

  expect(found.sources[0]?.source).toMatchObject({
    setFiles: [
      { name: "banner", file: "chart/files/shop.txt" },
      { name: "host", file: "envs/host.txt" },
      { name: "tls", file: "envs/tls.txt" },
    ],
  });
});

test.each([
  ["leads out of the repository", "../../host.txt"],
  ["is another source's, and that one another repository's", "$elsewhere/host.txt"],
  ["is an address", "https://example.com/host.txt"],
])("a file of a parameter that %s is not read", async (_, path) => {
  const helm = { fileParameters: [{ name: "host", path }] };
  const sources = [
    { repoURL: URL, path: "chart", helm },
    { repoURL: "https://git.example.com/other", ref: "elsewhere" },
  ];

  const found = await discover({ ...CHART, "apps/a.json": application("shop", { sources }) });

  expect(outline(found)).toEqual([
    `Application argocd/shop not rendered: it sets a parameter from ${path}, which lies elsewhere`,
  ]);
});

test("an ApplicationSet makes Applications of a list, of folders, of files, and of both together", async () => {
  const set = (name: string, generators: readonly object[], path: string) =>
    JSON.stringify({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "ApplicationSet",
      metadata: { name, namespace: "argocd" },
      spec: {
        generators,
        template: {
          metadata: { name: `${name}-${path}` },
          spec: { source: { repoURL: URL, path }, destination: { namespace: "shop" } },
        },
      },
    });
  const found = await discover({
    "a/one/web.yaml": ingressText(),
    "a/two/web.yaml": ingressText(),
    "config/eu.json": '{ "folder": "a/one" }',
    "sets/list.json": set("list", [{ list: { elements: [{ f: "a/one" }] } }], "{{f}}"),
    "sets/git.json": set("git", [{ git: { repoURL: URL, directories: [{ path: "a/*" }] } }], "{{path}}"),
    "sets/files.json": set(
      "files",
      [{ git: { repoURL: URL, files: [{ path: "config/*.json" }] } }],
      "{{folder}}",
    ),
    "sets/matrix.json": set(
      "matrix",
      [
        {
          matrix: {
            generators: [{ list: { elements: [{ t: "a" }] } }, { list: { elements: [{ n: "two" }] } }],
          },
        },
      ],
      "{{t}}/{{n}}",
    ),
    "sets/clusters.json": set("clusters", [{ clusters: {} }], "{{name}}"),
  });

  expect(found.sources.map(({ source }) => source.id)).toEqual([
    "files-a/one: a/one",
    "git-a/one: a/one",
    "git-a/two: a/two",
    "list-a/one: a/one",
    "matrix-a/two: a/two",
  ]);
  expect(found.sources[0]?.definedBy).toEqual(["sets/files.json", "config/eu.json"]);
  expect(found.unrendered.map(({ declaredBy, reason }) => [declaredBy.name, reason])).toEqual([
    ["argocd/clusters", "its cluster generator lists clusters that are not known here"],
  ]);
});

test("an ApplicationSet makes an Application for each cluster that Git declares", async () => {
  const secret = (name: string, env: string) =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\n  labels: { argocd.argoproj.io/secret-type: cluster, env: ${env} }\nstringData: { name: ${name}, server: "https://${name}.example.com" }\n`;
  const found = await discover({
    ...KUSTOMIZATION,
    "clusters/eu.yaml": secret("eu", "prod"),
    "clusters/test.yaml": secret("test", "dev"),
    "sets/clusters.yaml": JSON.stringify({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "ApplicationSet",
      metadata: { name: "all" },
      spec: {
        goTemplate: true,
        generators: [{ clusters: { selector: { matchLabels: { env: "prod" } } } }],
        template: {
          metadata: { name: "shop-{{ .name }}" },
          spec: {
            source: { repoURL: URL, path: "deploy" },
            destination: { server: "{{ .server }}", namespace: "{{ .metadata.labels.env }}" },
          },
        },
      },
    }),
  });

  expect(found.sources).toMatchObject([
    {
      source: { id: "shop-eu: kustomize deploy", namespace: "prod" },
      destination: { server: "https://eu.example.com" },
    },
  ]);
});

test("an ApplicationSet's generators select, merge, and patch their template", async () => {
  const secret = (name: string, env: string) =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\n  labels: { argocd.argoproj.io/secret-type: cluster, env: ${env} }\nstringData: { name: ${name}, server: "https://${name}.example.com" }\n`;
  const set = (name: string, spec: object) =>
    JSON.stringify({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "ApplicationSet",
      metadata: { name },
      spec: {
        goTemplate: true,
        goTemplateOptions: ["missingkey=error"],
        template: {
          metadata: { name: `{{ .name }}-${name}` },
          spec: { source: { repoURL: URL, path: "deploy" }, destination: { namespace: "{{ .namespace }}" } },
        },
        ...spec,
      },
    });
  const namespaced = (elements: readonly object[], further: object = {}) => ({
    list: { elements, ...further },
  });
  const found = await discover({
    ...KUSTOMIZATION,
    "clusters/eu.yaml": secret("eu", "prod"),
    "clusters/us.yaml": secret("us", "prod"),
    "clusters/test.yaml": secret("test", "dev"),
    "sets/expressions.yaml": set("expressions", {
      generators: [
        {
          clusters: {
            selector: {
              matchExpressions: [
                { key: "env", operator: "NotIn", values: ["dev"] },
                { key: "env", operator: "Exists" },
              ],
            },
            values: { namespace: "{{ .name }}-shop" },
          },
          selector: { matchLabels: { name: "us" } },
        },
      ],
      template: {
        metadata: { name: "{{ .name }}-expressions" },
        spec: {
          source: { repoURL: URL, path: "deploy" },
          destination: { namespace: "{{ .values.namespace | upper | lower }}" },
        },
      },
    }),
    "sets/merge.yaml": set("merge", {
      generators: [
        {
          merge: {
            mergeKeys: ["name"],
            generators: [
              namespaced([
                { name: "a", namespace: "one" },
                { name: "b", namespace: "one" },
              ]),
              namespaced([
                { name: "b", namespace: "two" },
                { name: "c", namespace: "two" },
              ]),
            ],
          },
        },
      ],
    }),
    "sets/own.yaml": set("own", {
      generators: [
        namespaced([{ name: "x", namespace: "shop" }], {
          template: { metadata: {}, spec: { destination: { namespace: "own-{{ .namespace }}" } } },
        }),
      ],
    }),
    "sets/patch.yaml": set("patch", {
      generators: [namespaced([{ name: "y", namespace: "shop", prefix: "web-" }])],
      templatePatch:
        "{{- if .prefix }}\nspec:\n  source:\n    kustomize: { namePrefix: '{{ .prefix }}' }\n{{- end }}\n",
    }),
    "sets/matrix.yaml": set("matrix", {
      generators: [
        {
          matrix: {
            generators: [
              namespaced([{ name: "m", namespace: "shop", env: "dev" }]),
              { clusters: { selector: { matchLabels: { env: "{{ .env }}" } } } },
            ],
          },
        },
      ],
    }),
    "sets/strict.yaml": set("strict", { generators: [namespaced([{ name: "z" }])] }),
  });

  expect(
    found.sources.map(({ source }) => [
      source.id,
      source.namespace,
      "overrides" in source ? source.overrides : null,
    ]),
  ).toEqual([
    ["us-expressions: kustomize deploy", "us-shop", {}],
    ["test-matrix: kustomize deploy", "shop", {}],
    ["a-merge: kustomize deploy", "one", {}],
    ["b-merge: kustomize deploy", "two", {}],
    ["x-own: kustomize deploy", "own-shop", {}],
    ["y-patch: kustomize deploy", "shop", { namePrefix: "web-" }],
  ]);
  expect(found.unrendered.map(({ declaredBy, reason }) => [declaredBy.name, reason])).toEqual([
    ["strict", "its template says .namespace, which is not known here"],
  ]);
});

test("files that Argo CD takes or not by its own settings are not guessed", async () => {
  const generated = (files: readonly object[]) =>
    JSON.stringify({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "ApplicationSet",
      metadata: { name: "web" },
      spec: {
        generators: [{ git: { repoURL: URL, files } }],
        template: {
          metadata: { name: "{{env}}" },
          spec: { source: { repoURL: URL, path: "deploy" }, destination: { namespace: "shop" } },
        },
      },
    });
  const tree = { ...KUSTOMIZATION, "envs/eu.json": '{ "env": "eu" }', "envs/old/us.json": '{ "env": "us" }' };
  const inFolder = { path: "envs/*.json" };

  const either = await discover({ ...tree, "set.json": generated([inFolder]) });
  const both = await discover({ ...tree, "set.json": generated([inFolder, { path: "envs/old/*.json" }]) });
  const one = await discover({
    ...tree,
    "set.json": generated([inFolder, { path: "envs/old/**", exclude: true }]),
  });

  expect(outline(either).slice(-1)).toEqual([
    "ApplicationSet web not rendered: its git generator takes other files where Argo CD's new file globbing is off",
  ]);
  expect([both, one].map(({ sources }) => sources.map(({ source }) => source.id))).toEqual([
    ["eu: kustomize deploy", "us: kustomize deploy"],
    ["eu: kustomize deploy"],
  ]);
});

test("what a set that cannot be expanded may have made is its own, unless an Application is known by that name", async () => {
  const set = JSON.stringify({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "ApplicationSet",
    metadata: { name: "web", namespace: "argocd" },
    spec: {
      generators: [{ clusters: {} }],
      template: { metadata: { name: "web-{{name}}.x" }, spec: {} },
    },
  });
  const files = { "set.yaml": set, "known.yaml": application("web-us.x", { source: { repoURL: URL } }) };
  const repository = {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: "a" },
  };
  const live = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "other" },
    spec: {},
  };

  const unknown = await discover(files);
  const ofHub = await discover(files, [repository]);
  const inCluster = await discover(files, [live]);

  const id = { namespace: "shop", name: "web" };
  const tracked = (name: string, object = "shop/web") => ({
    id,
    labels: {},
    annotations: { "argocd.argoproj.io/tracking-id": `${name}:networking.k8s.io/Ingress:${object}` },
  });
  const asked = [
    tracked("web-eu.x"),
    tracked("argocd_web-eu.x"),
    { id, labels: { "app.kubernetes.io/instance": "web-eu.x" }, annotations: {} },
    tracked("web-us.x"),
    tracked("web-euyx"),
    tracked("web-eu.x", "shop/copied"),
    { id, labels: {}, annotations: {} },
  ];
  const sets = ({ unrendered }: Discovery) =>
    unrendered.filter(({ declaredBy }) => declaredBy.kind === "ApplicationSet");
  expect(asked.map((each) => sets(unknown)[0]?.owns(each))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  expect([unknown, ofHub, inCluster].map((each) => sets(each).length)).toEqual([1, 1, 0]);
});

test("a Flux Kustomization is its folder, what it puts on top, and its variables", async () => {
  const found = await discover({
    ...KUSTOMIZATION,
    "flux/vars.yaml":
      "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: vars }\ndata: { DOMAIN: example.org }\n",
    "flux/shop.yaml": fluxObjects("Kustomization", {
      path: "./deploy",
      sourceRef: FROM,
      targetNamespace: "shop",
      patches: [{ patch: "a", target: { kind: "Ingress" } }],
      postBuild: { substitute: { A: "b" }, substituteFrom: [{ kind: "ConfigMap", name: "vars" }] },
    }),
  });

  expect(found.sources).toMatchObject([
    {
      definedBy: ["flux/shop.yaml", "flux/vars.yaml"],
      source: {
        kind: "kustomize",
        root: "deploy",
        isGenerated: true,
        loadRestrictor: "none",
        overrides: { namespace: "shop", patches: [{ patch: "a", target: { kind: "Ingress" } }] },
        substitute: { DOMAIN: "example.org", A: "b" },
      },
    },
  ]);
});

test.each([
  [
    "Kustomization",
    { path: "deploy", sourceRef: { kind: "OCIRepository", name: "x" } },
    "its files come from OCIRepository x",
  ],
  ["Kustomization", { path: "gone", sourceRef: FROM }, "the commit holds no files in gone"],
  [
    "HelmRelease",
    { chart: { spec: { chart: "redis", sourceRef: { kind: "HelmRepository", name: "charts" } } } },
    "its files come from HelmRepository charts",
  ],
  [
    "HelmRelease",
    { chart: { spec: { chart: "./chart", sourceRef: FROM } }, valuesFrom: [{ kind: "Secret", name: "s" }] },
    "it takes values from Secret s, which Git does not declare in the clear",
  ],
  [
    "HelmRelease",
    {
      chart: { spec: { chart: "./chart", sourceRef: FROM } },
      postRenderers: [{ kustomize: { patches: [{ target: { kind: "Ingress" }, patch: "[]" }] } }],
    },
    "post-renderers may change the Ingresses that its chart renders to",
  ],
  [
    "HelmRelease",
    { chartRef: { kind: "OCIRepository", name: "podinfo" } },
    "its chart comes from OCIRepository podinfo",
  ],
  [
    "HelmRelease",
    { chart: { kind: "OCIRepository", spec: { url: "oci://charts.example.com/shop" } } },
    "its chart comes from oci://charts.example.com/shop",
  ],
  [
    "HelmRelease",
    { chartRef: { kind: "HelmChart", name: "none" } },
    "nothing here tells what HelmChart none is",
  ],
] as const)("a Flux %s that cannot be rendered says why (%#)", async (kind, spec, reason) => {
  const found = await discover({ ...CHART, ...KUSTOMIZATION, "flux/shop.yaml": fluxObjects(kind, spec) });

  expect(found.unrendered.map((each) => each.reason)).toEqual([reason]);
});

const helmChart = (spec: object, name = "shop") =>
  JSON.stringify({
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "HelmChart",
    metadata: { name, namespace: "flux-system" },
    spec,
  });
const BY_REFERENCE = fluxObjects("HelmRelease", { chartRef: { kind: "HelmChart", name: "shop" } });

test("a HelmRelease's chartRef leads through a HelmChart to a chart of this repository", async () => {
  const spec = { chart: "./chart", sourceRef: FROM, valuesFiles: ["./chart/values.yaml", "envs/prod.yaml"] };

  const found = await discover({
    ...CHART,
    "flux/shop.yaml": BY_REFERENCE,
    "flux/chart.json": helmChart(spec),
  });

  expect(outline(found)).toEqual(["HelmRelease flux-system/shop: helm shop: helm chart"]);
  expect(found.sources[0]).toMatchObject({
    source: { valueFiles: ["chart/values.yaml", "envs/prod.yaml"], isDefaultReplaced: true },
    definedBy: ["flux/shop.yaml", "flux/chart.json"],
  });
});

test("a HelmChart that only the cluster has counts too, and one of a chart elsewhere says where", async () => {
  const live = (spec: object) => [JSON.parse(helmChart(spec)) as JsonObject];
  const files = { ...CHART, "flux/shop.yaml": BY_REFERENCE };
  const elsewhere = { chart: "redis", sourceRef: { kind: "HelmRepository", name: "charts" } };

  const here = await discover(files, live({ chart: "chart", sourceRef: FROM }));
  const there = await discover(files, live(elsewhere));
  const unclear = await discover({
    ...files,
    "eu.json": helmChart({ chart: "chart", sourceRef: FROM }),
    "us.json": helmChart({ chart: "chart-us", sourceRef: FROM }),
  });

  expect([here, there, unclear].flatMap(outline)).toEqual([
    "HelmRelease flux-system/shop: helm shop: helm chart",
    "HelmRelease flux-system/shop not rendered: its files come from HelmRepository charts",
    "HelmRelease flux-system/shop not rendered: several objects here are called HelmChart shop",
  ]);
});

test("what a HelmChart said in another commit is read from its file", async () => {
  const at = (chart: string) => ({
    ...CHART,
    "old/Chart.yaml": CHART["chart/Chart.yaml"],
    "flux/shop.yaml": BY_REFERENCE,
    "flux/chart.json": helmChart({ chart, sourceRef: FROM }),
  });
  const [now] = (await discover(at("chart"))).sources;
  if (now === undefined) throw new Error("nothing was found");

  const before = await sourceDiscovery.definitionIn(memoryTree(at("old")), now, [REMOTE]);

  expect(before).toMatchObject({ kind: "helm", chart: "old" });
});

test("a release's name that is too long for Helm is cut as Flux cuts it", async () => {
  const spec = {
    chart: { spec: { chart: "chart", sourceRef: FROM } },
    releaseName: "a-very-lengthy-target-namespace-with-a-nice-object-name",
  };

  const found = await discover({ ...CHART, "flux/shop.yaml": fluxObjects("HelmRelease", spec) });

  expect(found.sources[0]?.source).toMatchObject({
    releaseName: "a-very-lengthy-target-namespace-with-a-n-97af5d7f41f3",
  });
});

test("Git's declaration counts, with the status that the cluster has of it", async () => {
  const git = application("shop", { source: { repoURL: URL, path: "deploy" } });
  const live = JSON.parse(application("shop", { source: { repoURL: URL, path: "old" } })) as JsonObject;
  const status = { sync: { status: "Synced", revision: "a".repeat(40) } };

  const found = await discover({ ...KUSTOMIZATION, "apps/shop.json": git }, [{ ...live, status }]);

  expect(found.sources).toMatchObject([
    { source: { root: "deploy" }, appliedRevision: "a".repeat(40), definedBy: ["apps/shop.json"] },
  ]);
});

test("what a source was in another commit is read from the files that define it", async () => {
  const at = (path: string) => ({
    ...KUSTOMIZATION,
    "old/kustomization.yaml": "resources: []\n",
    "apps/shop.json": application("shop", { source: { repoURL: URL, path } }),
  });
  const [now] = (await discover(at("deploy"))).sources;
  if (now === undefined) throw new Error("nothing was found");

  const before = await sourceDiscovery.definitionIn(memoryTree(at("old")), now, [REMOTE]);
  const never = await sourceDiscovery.definitionIn(memoryTree(KUSTOMIZATION), now, [REMOTE]);

  expect(before).toMatchObject({ kind: "kustomize", root: "old" });
  expect(never).toBeNull();
});

test.each([
  ["an object", "argo.yaml", "apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: *nowhere\n"],
  ["a ConfigMap", "map.yaml", "kind: ConfigMap\nmetadata: { name: shop }\ndata: *nowhere\n"],
  ["a cluster", "cluster.yaml", "metadata: { labels: { argocd.argoproj.io/secret-type: *nowhere } }\n"],
])("%s with an alias that no anchor stands for declares nothing", async (_, file, text) => {
  const set = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "ApplicationSet",
    metadata: { name: "all" },
    spec: { generators: [{ clusters: {} }], template: {} },
  };
  const spec = {
    path: "./deploy",
    sourceRef: FROM,
    postBuild: { substituteFrom: [{ kind: "ConfigMap", name: "shop" }] },
  };

  const found = await discover({
    ...KUSTOMIZATION,
    "set.json": JSON.stringify(set),
    "flux.yaml": fluxObjects("Kustomization", spec),
    [file]: text,
  });

  expect(outline(found)).toEqual([
    "ApplicationSet all not rendered: its cluster generator lists clusters that are not known here",
    "Kustomization flux-system/shop not rendered: it substitutes variables from ConfigMap shop, which Git does not declare in the clear",
  ]);
});

test("templates, broken YAML and patches of an Application declare nothing", async () => {
  const found = await discover({
    "a.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: {{ .x }} }\n",
    "b.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: shop }\n",
    "c.yaml": "argoproj.io/: [\n",
  });

  expect(outline(found)).toEqual([]);
  expect(found.problems).toEqual([]);
});

test("a folder that links lead to as a whole is one kustomization, and one with a file of its own is another", async () => {
  const files = {
    ...KUSTOMIZATION,
    "current/kustomization.yaml": "resources: [web.yaml]\n",
    "current/web.yaml": ingressText(),
  };
  const links = new Map([
    ["current/kustomization.yaml", "deploy/kustomization.yaml"],
    ["current/web.yaml", "deploy/web.yaml"],
  ]);
  const rootsWith = async (found: ReadonlyMap<string, string>) =>
    (await sourceDiscovery.roots({ ...memoryTree(files), links: found })).map(({ id }) => id);
  expect(await rootsWith(links)).toEqual(["kustomize deploy"]);
  expect(await rootsWith(new Map([...links].slice(0, 1)))).toEqual(["kustomize current", "kustomize deploy"]);
});
