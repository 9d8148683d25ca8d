import { expect, test } from "vitest";
import { kustomizeInputs } from "../../../../src/adapters/render/kustomize/kustomize-inputs.ts";
import { memoryTree } from "../../../support/renderers/memory-tree.ts";
import {
  type Files,
  ingressText,
  kustomizeSource,
  outline,
  renderFiles,
} from "../../../support/renderers/render-files.ts";

const WEB = ingressText();
const CONFIG_MAP =
  "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: domain }\ndata: { host: store.example.com }\n";

/** Each kind of reference: the file beside the kustomization and web.yaml that it makes an input. */
const REFERENCES: Readonly<Record<string, { kustomization: string; files: Files; host?: string }>> = {
  "a strategic merge patch": {
    kustomization: "patches: [{ path: patch.yaml }]",
    files: { "patch.yaml": ingressText({ host: "store.example.com" }) },
    host: "store.example.com",
  },
  "a JSON patch with a target": {
    kustomization: "patches: [{ path: patch.json, target: { kind: Ingress } }]",
    files: { "patch.json": '[{"op":"replace","path":"/spec/rules/0/host","value":"store.example.com"}]' },
    host: "store.example.com",
  },
  "an old strategic merge patch": {
    kustomization: "patchesStrategicMerge: [patch.yaml]",
    files: { "patch.yaml": ingressText({ host: "store.example.com" }) },
    host: "store.example.com",
  },
  "an old JSON patch": {
    kustomization:
      "patchesJson6902: [{ path: patch.yaml, target: { group: networking.k8s.io, version: v1, kind: Ingress, name: web } }]",
    files: { "patch.yaml": "- { op: replace, path: /spec/rules/0/host, value: store.example.com }\n" },
    host: "store.example.com",
  },
  "a generated ConfigMap": {
    kustomization: "configMapGenerator: [{ name: a, files: [app.conf, other=b.conf], envs: [c.env] }]",
    files: { "app.conf": "a", "b.conf": "b", "c.env": "C=1\n" },
  },
  "a generated Secret": {
    kustomization: "secretGenerator: [{ name: a, files: [key.pem] }]",
    files: { "key.pem": "not a key" },
  },
  "a replacement in a file": {
    kustomization: "replacements: [{ path: replacement.yaml }]",
    files: {
      "domain.yaml": CONFIG_MAP,
      "replacement.yaml":
        "source: { kind: ConfigMap, name: domain, fieldPath: data.host }\ntargets: [{ select: { kind: Ingress }, fieldPaths: [spec.rules.0.host] }]\n",
    },
    host: "store.example.com",
  },
  "a transformer's configuration": {
    kustomization: "namePrefix: a-\nconfigurations: [names.yaml]",
    files: { "names.yaml": "namePrefix: []\n" },
  },
  "a transformer in a file, and the patch that it reads": {
    kustomization: "transformers: [transformer.yaml]",
    files: {
      "transformer.yaml":
        "apiVersion: builtin\nkind: PatchTransformer\nmetadata: { name: t }\npath: deep.yaml\ntarget: { kind: Ingress }\n",
      "deep.yaml": "- { op: replace, path: /spec/rules/0/host, value: store.example.com }\n",
    },
    host: "store.example.com",
  },
  "a transformer written out, and the patch that it reads": {
    kustomization:
      "transformers:\n  - |-\n    apiVersion: builtin\n    kind: PatchTransformer\n    metadata: { name: t }\n    path: deep.yaml\n    target: { kind: Ingress }",
    files: { "deep.yaml": "- { op: replace, path: /spec/rules/0/host, value: store.example.com }\n" },
    host: "store.example.com",
  },
  "a generator in a file": {
    kustomization: "generators: [generator.yaml]",
    files: {
      "generator.yaml":
        "apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: { name: g }\nfiles: [g.conf]\n",
      "g.conf": "g",
    },
  },
};

test.for(Object.entries(REFERENCES))("%s is an input, and kustomize finds it", async ([, story]) => {
  const resources = ["web.yaml", ...("domain.yaml" in story.files ? ["domain.yaml"] : [])];
  const own = {
    "kustomization.yaml": `namespace: shop\nresources: [${resources.join(", ")}]\n${story.kustomization}\n`,
    "web.yaml": WEB,
    ...story.files,
  };
  const files = Object.fromEntries(Object.entries(own).map(([name, text]) => [`app/${name}`, text]));

  const rendered = await renderFiles(kustomizeSource("app"), { ...files, "app/unrelated.yaml": "a: 1" });

  expect(rendered.problems).toEqual([]);
  expect(rendered.inputs.files).toEqual(Object.keys(files).sort());
  expect(rendered.ingresses.map(({ object }) => object.spec)).toMatchObject([
    { rules: [{ host: story.host ?? "shop.example.com" }] },
  ]);
});

test("bases and components are followed, however deep, and a file named by an openapi field", async () => {
  const files = {
    "deploy/prod/kustomization.yaml":
      "resources: [../base]\ncomponents: [../tls]\nnamespace: shop\nopenapi: { path: schema.json }\n",
    "deploy/prod/schema.json": "{}",
    "deploy/base/kustomization.yml": "resources: [web.yaml, ../../shared]\n",
    "deploy/base/web.yaml": WEB,
    "shared/Kustomization": "resources: [other.yaml]\n",
    "shared/other.yaml": ingressText({ name: "other", host: "other.example.com" }),
    "deploy/tls/kustomization.yaml":
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n  - { path: tls.yaml, target: { kind: Ingress, name: web } }\n",
    "deploy/tls/tls.yaml": "- { op: add, path: /spec/ingressClassName, value: nginx }\n",
    "deploy/staging/kustomization.yaml": "resources: [../base]\n",
  };

  const rendered = await renderFiles(kustomizeSource("deploy/prod"), files);

  expect(rendered.problems).toEqual([]);
  expect(rendered.inputs.files).toEqual(
    Object.keys(files)
      .filter((file) => !file.includes("staging"))
      .sort(),
  );
  expect(outline(rendered)).toEqual([
    "shop/other other.example.com shared/other.yaml:1",
    "shop/web shop.example.com deploy/base/web.yaml:1",
  ]);
});

test.each([
  ["https://github.com/owner/name//deploy?ref=v1"],
  ["github.com/owner/name/deploy?ref=v1"],
  ["git@github.com:owner/name.git"],
  ["https://example.com/manifests/web.yaml"],
  ["git::https://example.com/owner/name.git"],
])("a base from elsewhere (%s) is a clear problem, and nothing is run", async (base) => {
  const runs: string[] = [];

  const rendered = await renderFiles(
    kustomizeSource("app"),
    { "app/kustomization.yaml": `resources: ["${base}", web.yaml]\n`, "app/web.yaml": WEB },
    { onRun: ({ id }) => runs.push(id) },
  );

  expect(rendered.ingresses).toEqual([]);
  expect(rendered.problems).toMatchObject([
    { code: "remote-base", level: "error", path: "app/kustomization.yaml" },
  ]);
  expect(rendered.problems[0]?.message).toContain(base);
  expect(runs).toEqual([]);
});

test("a kustomization with an alias that no anchor stands for is not known whole, and kustomize says what is wrong", async () => {
  const files = { "app/kustomization.yaml": "resources: *nowhere\n", "app/web.yaml": WEB };

  const inputs = await kustomizeInputs(kustomizeSource("app"), memoryTree(files));
  const rendered = await renderFiles(kustomizeSource("app"), files);

  expect(inputs).toMatchObject({ files: ["app/kustomization.yaml"], problems: [], isPartial: true });
  expect(rendered.problems).toMatchObject([{ code: "source-not-rendered", level: "error" }]);
});

test("an address that is not known for one fails without the network", async () => {
  const rendered = await renderFiles(kustomizeSource("app"), {
    "app/kustomization.yaml": "resources: [git.example.com/owner/name.git//deploy]\n",
  });

  expect(rendered.problems).toMatchObject([{ code: "source-not-rendered", level: "error" }]);
});

test("a base that is not there names the entry, and is watched in case it comes", async () => {
  const tree = memoryTree({ "app/kustomization.yaml": "resources: [../base]\n" });

  const inputs = await kustomizeInputs(kustomizeSource("app"), tree);

  expect(inputs.problems.map(({ message }) => message)).toEqual([
    "app/kustomization.yaml names base, which is no file and has no kustomization",
  ]);
  expect(inputs.watched).toContain("base/kustomization.yaml");
});

test.each([
  ["resources: [/etc/passwd]"],
  ["resources: [../../../../../../etc/passwd]"],
  ["configMapGenerator: [{ name: a, files: [/etc/passwd] }]"],
  [
    "transformers: ['{ apiVersion: builtin, kind: PatchTransformer, metadata: { name: t }, path: /etc/passwd }']",
  ],
])(
  "what lies outside the repository is never read (%s), not even where Flux lifts the restriction",
  async (line) => {
    const runs: string[] = [];
    const rendered = await renderFiles(
      kustomizeSource("app", { loadRestrictor: "none" }),
      { "app/kustomization.yaml": `${line}\n` },
      { onRun: ({ id }) => runs.push(id) },
    );

    expect(rendered.problems[0]?.message).toMatch(/which lies outside the repository$/);
    expect(runs).toEqual([]);
  },
);
