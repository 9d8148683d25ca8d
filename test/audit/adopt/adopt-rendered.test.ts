import { expect, test } from "vitest";
import { adoptIn, changedLines, repositoryOf } from "../../support/adopt/adopt-in.ts";
import { liveIngress, rule, SIZE, WEB } from "../../support/adopt/live-ingress.ts";

const BASE = {
  "base/kustomization.yaml": "resources: [web.yaml]\n",
  "base/web.yaml": WEB.replace("  namespace: shop\n", ""),
  "prod/kustomization.yaml": "namespace: shop\nresources: [../base]\npatches:\n- path: size.yaml # prod\n",
  "prod/size.yaml": `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/proxy-body-size: 8m # as the CDN has it
`,
};
const CONFIG = { ".ingress-audit.yaml": "sources:\n  - kustomize: prod\n" };
const STAGING = { "staging/kustomization.yaml": "namespace: staging\nresources: [../base]\n" };
const bigger = { "nginx.ingress.kubernetes.io/proxy-body-size": "64m" };
const movedBackend = liveIngress({ rules: [rule("shop.example.com", "web-v2")] });

test("the patch that carries the value is changed, and the base that it hides is not", async () => {
  using repository = await repositoryOf({ ...BASE, ...CONFIG });
  const { patch, adoption } = await adoptIn(repository, [liveIngress({ annotations: bigger })]);
  expect(adoption.adopted.map(({ place }) => place)).toEqual([{ path: "prod/size.yaml", line: 6 }]);
  expect(changedLines(patch)).toEqual([
    "-    nginx.ingress.kubernetes.io/proxy-body-size: 8m # as the CDN has it",
    "+    nginx.ingress.kubernetes.io/proxy-body-size: 64m # as the CDN has it",
  ]);
});

test("a base that nothing else uses is changed", async () => {
  using repository = await repositoryOf({ ...BASE, ...CONFIG });
  const { adoption } = await adoptIn(repository, [movedBackend]);
  expect(adoption.changes.map(({ path }) => path)).toEqual(["base/web.yaml"]);
});

test("a base that another overlay shares is left alone, and the overlay is named", async () => {
  using repository = await repositoryOf({ ...BASE, ...CONFIG, ...STAGING });
  await expect(adoptIn(repository, [movedBackend])).rejects.toMatchObject({
    code: "no-single-place",
    where: { tried: expect.stringMatching(/base\/web\.yaml:\d+: it would change kustomize staging too/) },
  });
});

test("so is one that another cluster's Application applies", async () => {
  const application = (name: string, folder: string, server: string) =>
    `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  source: { repoURL: "https://git.example.com/shop", path: ${folder} }
  destination: { name: ${server}, namespace: shop }
`;
  using repository = await repositoryOf({
    ...BASE,
    "apps/prod.yaml": application("prod", "prod", "in-cluster"),
    "apps/us.yaml": application("us", "base", "us"),
  });
  await repository.git("config", "remote.origin.url", "https://git.example.com/shop");
  await expect(adoptIn(repository, [movedBackend])).rejects.toMatchObject({
    code: "no-single-place",
    where: { tried: expect.stringMatching(/it would change .*us/) },
  });
});

test("where a value can go to the base and to the patch, the file has to be chosen", async () => {
  using repository = await repositoryOf({ ...BASE, ...CONFIG });
  const noted = [liveIngress({ annotations: { ...SIZE, "example.com/note": "on" } })];
  await expect(adoptIn(repository, noted)).rejects.toMatchObject({
    code: "no-single-place",
    where: { "would do": expect.stringMatching(/base\/web\.yaml:\d+, prod\/size\.yaml:\d+/) },
  });
  const { patch } = await adoptIn(repository, noted, { file: "prod/size.yaml" });
  expect(changedLines(patch)).toEqual(['+    example.com/note: "on"']);
});

test("a JSON patch in the kustomization itself is changed in its text", async () => {
  const patches = `namespace: shop
resources: [../base]
patches:
- target: { kind: Ingress }
  patch: |-
    - op: replace  # blue-green
      path: /spec/rules/0/http/paths/0/backend/service/name
      value: green
`;
  using repository = await repositoryOf({
    ...BASE,
    ...CONFIG,
    ...STAGING,
    "prod/kustomization.yaml": patches,
  });
  const { patch } = await adoptIn(repository, [liveIngress({ rules: [rule("shop.example.com", "teal")] })]);
  expect(changedLines(patch)).toEqual(["-      value: green", "+      value: teal"]);
});

const CHART = {
  "chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
  "chart/values.yaml": "host: shop\nservice:\n  name: web   # blue\n  port: 80\nannotations: {}\n",
  "chart/templates/ingress.yaml": `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/proxy-body-size: 8m
    {{- with .Values.annotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  ingressClassName: nginx
  rules:
  - host: {{ .Values.host }}.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend: { service: { name: {{ .Values.service.name }}, port: { number: {{ .Values.service.port }} } } }
`,
  "prod.yaml": "# of prod\nhost: shop\n",
  ".ingress-audit.yaml":
    "sources:\n  - helm: { chart: chart, release: web, valueFiles: [prod.yaml] }\n    namespace: shop\n",
};

test("a chart's values get the value, a part of it where the template adds the rest", async () => {
  using repository = await repositoryOf(CHART);
  const live = liveIngress({
    annotations: { ...SIZE, "example.com/note": "on" },
    rules: [rule("store.example.com", "web")],
  });
  const { patch } = await adoptIn(repository, [live]);
  expect(changedLines(patch)).toEqual([
    "-annotations: {}",
    "+annotations:",
    '+  example.com/note: "on"',
    "-host: shop",
    "+host: store",
  ]);
});

test("a value that the template writes out has no place in the values", async () => {
  using repository = await repositoryOf(CHART);
  await expect(adoptIn(repository, [liveIngress({ annotations: bigger })])).rejects.toMatchObject({
    code: "no-single-place",
    what: expect.stringContaining("proxy-body-size"),
  });
});

test("values that a second release shares are left alone", async () => {
  using repository = await repositoryOf({
    ...CHART,
    ".ingress-audit.yaml": `clusters:
  - name: prod
    sources: [{ helm: { chart: chart, release: web, valueFiles: [prod.yaml] }, namespace: shop }]
  - name: us
    sources: [{ helm: { chart: chart, release: us, valueFiles: [prod.yaml] }, namespace: us }]
`,
  });
  const live = [liveIngress({ rules: [rule("store.example.com", "web")] })];
  await expect(adoptIn(repository, live, { cluster: "prod" })).rejects.toMatchObject({
    where: { tried: expect.stringContaining("it would change helm chart as us in us too") },
  });
});

/** Two releases of one chart: what the chart itself says is both of theirs. */
const SHARED = {
  ...CHART,
  "us.yaml": "# of us\n",
  ".ingress-audit.yaml": `clusters:
  - name: prod
    sources: [{ helm: { chart: chart, release: web, valueFiles: [prod.yaml] }, namespace: shop }]
  - name: us
    sources: [{ helm: { chart: chart, release: us, valueFiles: [us.yaml] }, namespace: us }]
`,
};

test("a chart's default that a second release shares is hidden by a new key of the release's own values", async () => {
  using repository = await repositoryOf({
    ...SHARED,
    "prod.yaml": "# of prod\nhost: shop   # the shop\n\n# the end\n",
  });
  const live = liveIngress({
    annotations: { ...SIZE, "example.com/note": "on" },
    rules: [rule("shop.example.com", "teal")],
  });

  const { patch, adoption } = await adoptIn(repository, [live], { cluster: "prod" });

  expect(changedLines(patch)).toEqual([
    "+service:",
    "+  name: teal",
    "+annotations:",
    '+  example.com/note: "on"',
  ]);
  expect(adoption.changes.map(({ path }) => path)).toEqual(["prod.yaml"]);
});

test("a map that is there gets the key, and a file of comments alone its first", async () => {
  using repository = await repositoryOf({
    ...SHARED,
    "prod.yaml": "# of prod\nhost: shop\nservice: { port: 80 }  # as everywhere\n",
  });
  const live = liveIngress({ rules: [rule("shop.example.com", "teal")] });
  const inMap = await adoptIn(repository, [live], { cluster: "prod" });

  using bare = await repositoryOf({ ...SHARED, "prod.yaml": "# of prod" });
  const first = await adoptIn(bare, [live], { cluster: "prod" });

  expect(changedLines(inMap.patch)).toEqual([
    "-service: { port: 80 }  # as everywhere",
    "+service: { port: 80, name: teal }  # as everywhere",
  ]);
  expect(changedLines(first.patch)).toEqual(["-# of prod", "+# of prod", "+service:", "+  name: teal"]);
});

test("of several values files the last one gets the key, or the one that is named", async () => {
  const config = SHARED[".ingress-audit.yaml"].replace("[prod.yaml]", "[common.yaml, prod.yaml]");
  using repository = await repositoryOf({
    ...SHARED,
    ".ingress-audit.yaml": config.replace("[us.yaml]", "[common.yaml, us.yaml]"),
    "common.yaml": "service: { name: green }\n",
  });
  const live = liveIngress({ rules: [rule("shop.example.com", "teal")] });

  const { patch } = await adoptIn(repository, [live], { cluster: "prod" });

  expect(changedLines(patch)).toEqual(["+service:", "+  name: teal"]);
  await expect(adoptIn(repository, [live], { cluster: "prod", file: "common.yaml" })).rejects.toMatchObject({
    code: "no-single-place",
  });
});

test("what the template itself takes where no value is given is hidden by the value", async () => {
  const template = CHART["chart/templates/ingress.yaml"]
    .replace("proxy-body-size: 8m", 'proxy-body-size: {{ .Values.limits.body | default "8m" }}')
    .replace("{{ .Values.host }}.example.com", '{{ default "shop" .Values.host }}.example.com');
  using repository = await repositoryOf({
    ...CHART,
    "chart/values.yaml": CHART["chart/values.yaml"].replace("host: shop\n", "limits: {}\n"),
    "chart/templates/ingress.yaml": template,
    "prod.yaml": "# of prod\n",
  });
  const live = liveIngress({
    annotations: { "nginx.ingress.kubernetes.io/proxy-body-size": "64m" },
    rules: [rule("store.example.com", "web")],
  });

  const { patch } = await adoptIn(repository, [live]);

  expect(changedLines(patch)).toEqual(["+host: store", "+limits:", "+  body: 64m"]);
});

test("a key that changes another Ingress of the release too is not written", async () => {
  const second = CHART["chart/templates/ingress.yaml"].replace("  name: web\n", "  name: admin\n");
  using repository = await repositoryOf({ ...SHARED, "chart/templates/admin.yaml": second });
  const live = liveIngress({ rules: [rule("shop.example.com", "teal")] });

  await expect(adoptIn(repository, [live], { cluster: "prod" })).rejects.toMatchObject({
    code: "no-single-place",
    where: { tried: expect.stringContaining("shop/admin would change too") },
  });
});

test("values that a HelmRelease gives inline get the key where the chart is another release's too", async () => {
  const release = (name: string, inline: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: shop }
spec:
  releaseName: ${name}
  chart: { spec: { chart: ./chart, sourceRef: { kind: GitRepository, name: shop, namespace: flux-system } } }
  values: ${inline}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: shop, namespace: flux-system }
spec: { url: "https://git.example.com/shop" }
`;
  const { ".ingress-audit.yaml": _, "prod.yaml": __, ...chart } = CHART;
  using repository = await repositoryOf({
    ...chart,
    "chart/templates/ingress.yaml": CHART["chart/templates/ingress.yaml"].replace(
      "  name: web\n",
      "  name: {{ .Release.Name }}\n",
    ),
    "web.yaml": release("web", "{ host: shop } # ours"),
    "other.yaml": release("other", "{ host: other }"),
  });
  await repository.git("config", "remote.origin.url", "https://git.example.com/shop");
  const live = [
    liveIngress({ rules: [rule("shop.example.com", "teal")] }),
    liveIngress({ name: "other", rules: [rule("other.example.com", "web")] }),
  ];

  const { patch } = await adoptIn(repository, live);

  expect(changedLines(patch)).toEqual([
    "-  values: { host: shop } # ours",
    "+  values: { host: shop, service: {name: teal} } # ours",
  ]);
});

test("values that a HelmRelease gives inline are changed there", async () => {
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: shop }
spec:
  releaseName: web
  chart: { spec: { chart: ./chart, sourceRef: { kind: GitRepository, name: shop, namespace: flux-system } } }
  values:
    service: { name: green, port: 80 } # blue-green
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: shop, namespace: flux-system }
spec: { url: "https://git.example.com/shop" }
`;
  const { ".ingress-audit.yaml": _, "prod.yaml": __, ...chart } = CHART;
  using repository = await repositoryOf({ ...chart, "release.yaml": release });
  await repository.git("config", "remote.origin.url", "https://git.example.com/shop");
  const { patch } = await adoptIn(repository, [liveIngress({ rules: [rule("shop.example.com", "teal")] })]);
  expect(changedLines(patch)).toEqual([
    "-    service: { name: green, port: 80 } # blue-green",
    "+    service: { name: teal, port: 80 } # blue-green",
  ]);
});

test("a manifest that two clusters' Applications apply as it is is left alone", async () => {
  const application = (name: string, destination: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  source: { repoURL: "https://git.example.com/shop", path: deploy }
  destination: { name: ${destination}, namespace: shop }
`;
  using repository = await repositoryOf({
    "deploy/web.yaml": WEB,
    "apps/prod.yaml": application("prod", "in-cluster"),
    "apps/us.yaml": application("us", "us"),
  });
  await repository.git("config", "remote.origin.url", "https://git.example.com/shop");
  await expect(adoptIn(repository, [movedBackend])).rejects.toMatchObject({
    code: "adoption-refused",
    what: expect.stringMatching(/it would change Application argocd\/prod, Application argocd\/us too/),
  });
});
