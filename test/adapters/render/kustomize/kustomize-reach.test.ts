import { expect, test } from "vitest";
import { kustomizeInputs } from "../../../../src/adapters/render/kustomize/kustomize-inputs.ts";
import type { KustomizeSource } from "../../../../src/model/source.ts";
import { memoryTree } from "../../../support/renderers/memory-tree.ts";
import {
  type Files,
  ingressText,
  kustomizeSource,
  renderFiles,
} from "../../../support/renderers/render-files.ts";

const SERVICE = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { clusterIP: 10.0.0.1 }\n";
const MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { host: a.example.com }\n";
const BASE: Readonly<Record<string, string>> = {
  "deploy/kustomization.yaml": "namespace: shop\nresources: [web.yaml, service.yaml, map.yaml]\n",
  "deploy/web.yaml": ingressText(),
  "deploy/service.yaml": SERVICE,
  "deploy/map.yaml": MAP,
};
const OTHER_HOST = MAP.replace("a.example.com", "b.example.com");

async function reachOf(files: Files, changes: Partial<KustomizeSource> = {}): Promise<string> {
  const source = kustomizeSource("deploy", changes);
  const tree = memoryTree(files);
  const inputs = await kustomizeInputs(source, tree);
  expect(inputs.problems).toEqual([]);
  const contents = await Promise.all(
    inputs.files.map(async (file) => [file, (await tree.read(file)) ?? Buffer.alloc(0)] as const),
  );
  return inputs.reach?.(new Map(contents)) ?? "none";
}

async function built(files: Files, changes: Partial<KustomizeSource> = {}): Promise<unknown> {
  const { ingresses, problems } = await renderFiles(kustomizeSource("deploy", changes), files);
  expect(problems).toEqual([]);
  return ingresses.map(({ object }) => object);
}

test.each<[string, Files]>([
  ["a comment and the layout of an Ingress", { "deploy/web.yaml": `# why\n${ingressText()}\n# end\n` }],
  ["the line ends of an Ingress", { "deploy/web.yaml": ingressText().replaceAll("\n", "\r\n") }],
  [
    "a comment of a kustomization",
    { "deploy/kustomization.yaml": `# ours\n${BASE["deploy/kustomization.yaml"]}` },
  ],
  ["a value of another object", { "deploy/map.yaml": OTHER_HOST }],
  ["a Service's address", { "deploy/service.yaml": SERVICE.replace("10.0.0.1", "10.0.0.2") }],
])("%s reaches no Ingress, and kustomize builds the same", async (_, changes) => {
  const changed = { ...BASE, ...changes };

  const reaches = await Promise.all([reachOf(BASE), reachOf(changed)]);

  expect(reaches[1]).toBe(reaches[0]);
  expect(await built(changed)).toEqual(await built(BASE));
});

type Reaching = readonly [what: string, files: Files, changes: Files, source: Partial<KustomizeSource>];

/** Each carries something of what is not an Ingress into it: kustomize builds another one. */
const REACHING: readonly Reaching[] = [
  ["the Ingress itself", {}, { "deploy/web.yaml": ingressText({ host: "b.example.com" }) }, {}],
  [
    "a value that a replacement carries over",
    {
      "deploy/kustomization.yaml": `${BASE["deploy/kustomization.yaml"]}replacements:
  - source: { kind: ConfigMap, name: settings, fieldPath: data.host }
    targets: [{ select: { kind: Ingress }, fieldPaths: [spec.rules.0.host] }]
`,
    },
    { "deploy/map.yaml": OTHER_HOST },
    {},
  ],
  [
    "a variable",
    {
      "deploy/kustomization.yaml": `${BASE["deploy/kustomization.yaml"]}vars:
  - name: HOST
    objref: { apiVersion: v1, kind: ConfigMap, name: settings }
    fieldref: { fieldPath: data.host }
`,
      "deploy/web.yaml": ingressText({ host: "$(HOST)" }),
    },
    { "deploy/map.yaml": OTHER_HOST },
    {},
  ],
  [
    "a file of a generated Secret that the Ingress names, comments included",
    {
      "deploy/kustomization.yaml": `${BASE["deploy/kustomization.yaml"]}secretGenerator: [{ name: tls, files: [key.yaml] }]\n`,
      "deploy/web.yaml": `${ingressText()}  tls: [{ hosts: [shop.example.com], secretName: tls }]\n`,
      "deploy/key.yaml": "a: b\n",
    },
    { "deploy/key.yaml": "# another comment\na: b\n" },
    {},
  ],
  [
    "a patch that makes another object an Ingress",
    {
      "deploy/kustomization.yaml": `${BASE["deploy/kustomization.yaml"]}patches:
  - target: { kind: ConfigMap }
    options: { allowKindChange: true }
    patch: |
      - { op: replace, path: /kind, value: Ingress }
      - { op: replace, path: /apiVersion, value: networking.k8s.io/v1 }
      - { op: remove, path: /data }
`,
      "deploy/map.yaml": `${MAP}spec: { ingressClassName: a, defaultBackend: { service: { name: web, port: { number: 80 } } } }\n`,
    },
    {
      "deploy/map.yaml": `${MAP}spec: { ingressClassName: b, defaultBackend: { service: { name: web, port: { number: 80 } } } }\n`,
    },
    {},
  ],
  [
    "a kind that is substituted",
    {
      "deploy/map.yaml": ingressText({ name: "other" }).replace("kind: Ingress", "kind: $" + "{KIND}"),
    },
    {
      "deploy/map.yaml": ingressText({ name: "other", host: "b.example.com" }).replace(
        "kind: Ingress",
        "kind: $" + "{KIND}",
      ),
    },
    { substitute: { KIND: "Ingress" } },
  ],
];

test.each<Reaching>(REACHING)("%s reaches the Ingress", async (_, files, changes, source) => {
  const before = { ...BASE, ...files };
  const after = { ...before, ...changes };

  const reaches = await Promise.all([reachOf(before, source), reachOf(after, source)]);

  expect(await built(after, source)).not.toEqual(await built(before, source));
  expect(reaches[1]).not.toBe(reaches[0]);
});

test.each([
  ["an anchor", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { a: &a b, c: *a }\n"],
  ["a key that stands twice", `${MAP}kind: ConfigMap\n`],
  ["a tab", MAP.replace("data: { ", "data: {\t")],
  ["a list", `apiVersion: v1\nkind: List\nitems: []\n`],
  [
    "a name for kustomize",
    MAP.replace("settings }", "settings, annotations: { kustomize.config.k8s.io/a: b } }"),
  ],
])("a file with %s counts whole", async (_, text) => {
  const files = { ...BASE, "deploy/map.yaml": text };
  const changed = { ...files, "deploy/map.yaml": `${text}more: 1\n` };

  expect(await reachOf(changed)).not.toBe(await reachOf(files));
});
