import { expect, test } from "vitest";
import { mayHold, mayHoldIngress, sourceState } from "../../../src/audit/rendered/source-state.ts";
import type { RenderedSource } from "../../../src/model/source.ts";
import type { SourceInputs } from "../../../src/ports/source-renderer.ts";
import { memoryTree } from "../../support/renderers/memory-tree.ts";
import { helmSource, kustomizeSource } from "../../support/renderers/render-files.ts";

type Files = Readonly<Record<string, string>>;

/** A state whose inputs are all the files. */
function stateOf(source: RenderedSource, files: Files, more: Partial<SourceInputs> = {}) {
  const inputs = { files: Object.keys(files).sort(), watched: [], problems: [], ...more };
  const renderer = {
    inputsOf: async () => inputs,
    render: () => Promise.reject(new Error("nothing is rendered to know a state")),
  };
  return sourceState(source, renderer, memoryTree(files));
}

const KUSTOMIZE = kustomizeSource("deploy");
const HELM = helmSource("chart");
const INGRESS = { "deploy/web.yaml": "kind: Ingress\nmetadata: { name: web }\n" };
const SERVICE = { "deploy/web.yaml": "kind: Service\nmetadata: { name: web, namespace: shop }\n" };
const id = { namespace: "shop", name: "web" };

test("a source holds no Ingress where none of its inputs names one", async () => {
  const states = await Promise.all([stateOf(KUSTOMIZE, SERVICE), stateOf(KUSTOMIZE, INGRESS)]);

  expect(states.map(mayHoldIngress)).toEqual([false, true]);
});

test("a kind that Flux substitutes a part of may be one, and stays what it is where nothing is substituted", async () => {
  const files = { "deploy/web.yaml": "kind: Ing$" + "{REST}\nmetadata: { name: web }\n" };
  const substituting = { ...KUSTOMIZE, substitute: { REST: "ress" } };

  const states = await Promise.all([stateOf(substituting, files), stateOf(KUSTOMIZE, files)]);

  expect(states.map(mayHoldIngress)).toEqual([true, false]);
});

test("a kind that a template puts together counts where charts are rendered", async () => {
  const files = { "deploy/web.yaml": 'kind: {{ title "ingress" }}\n' };
  const inflating = { ...files, "deploy/kustomization.yaml": "helmCharts: [{ name: web }]\n" };

  const states = await Promise.all([
    stateOf(HELM, files),
    stateOf(KUSTOMIZE, inflating),
    stateOf(KUSTOMIZE, files),
  ]);

  expect(states.map(mayHoldIngress)).toEqual([true, true, false]);
});

test("what the pipeline puts on top may name Ingress too", async () => {
  const patched = { ...KUSTOMIZE, overrides: { patches: [{ patch: "kind: Ingress" }] } };

  const state = await stateOf(patched, SERVICE);

  expect(mayHoldIngress(state)).toBe(true);
});

test("a source of which not all is read may hold an Ingress", async () => {
  const problem = {
    path: "deploy",
    line: null,
    code: "remote-base",
    message: "",
    remedy: "",
    level: "error",
  } as const;

  const states = [
    await stateOf(KUSTOMIZE, SERVICE, { isPartial: true }),
    await stateOf(KUSTOMIZE, SERVICE, { problems: [problem] }),
  ];

  expect(states.map((each) => [mayHoldIngress(each), mayHold(each, { ...id, namespace: "x" })])).toEqual([
    [true, true],
    [true, true],
  ]);
});

test.each<[string, RenderedSource, string, boolean]>([
  ["nothing names it", KUSTOMIZE, "resources: [web.yaml]\n", false],
  ["the kustomization names it", KUSTOMIZE, "namespace: shop\n", true],
  ["another one is named that holds it", KUSTOMIZE, "namespace: shop-eu\n", true],
  ["it is escaped", KUSTOMIZE, 'namespace: "\\x73hop"\n', true],
  ["replacements may put it together", KUSTOMIZE, "replacements: [{ path: parts.yaml }]\n", true],
  ["variables may put it together", KUSTOMIZE, "vars: [{ name: ENV }]\n", true],
  ["a chart may put it together", KUSTOMIZE, "helmCharts: [{ name: web }]\n", true],
  ["a transformer may put it together", KUSTOMIZE, "transformers: [prefix.yaml]\n", true],
  [
    "a generator of ConfigMaps does not",
    KUSTOMIZE,
    "configMapGenerator: [{ name: a, literals: [a=b] }]\n",
    false,
  ],
  ["what applies it gives one", { ...KUSTOMIZE, namespace: "other" }, "resources: [web.yaml]\n", true],
  ["it is substituted", { ...KUSTOMIZE, substitute: { a: "b" } }, "namespace: $a\n", true],
  ["a template makes it", HELM, "resources: [web.yaml]\n", true],
])("an Ingress of a namespace: where %s", async (_, source, kustomization, expected) => {
  const state = await stateOf(source, { ...INGRESS, "deploy/kustomization.yaml": kustomization });

  expect(mayHold(state, id)).toBe(expected);
});

test("two states are the same where the source, its inputs and their problems are", async () => {
  const problem = {
    path: "a",
    line: null,
    code: "remote-base",
    message: "m",
    remedy: "",
    level: "error",
  } as const;
  const states = await Promise.all([
    stateOf(KUSTOMIZE, INGRESS),
    stateOf(KUSTOMIZE, { ...INGRESS }),
    stateOf(KUSTOMIZE, SERVICE),
    stateOf({ ...KUSTOMIZE, namespace: "shop" }, INGRESS),
    stateOf(KUSTOMIZE, INGRESS, { problems: [problem] }),
    stateOf(KUSTOMIZE, { "deploy/moved.yaml": INGRESS["deploy/web.yaml"] }),
  ]);

  const digests = states.map(({ digest }) => digest);

  expect(digests.map((digest) => digests.indexOf(digest))).toEqual([0, 0, 2, 3, 4, 5]);
});
