import { expect, test } from "vitest";
import { sourceState } from "../../../src/audit/rendered/source-state.ts";
import type { HelmSource } from "../../../src/model/source.ts";
import { memoryTree } from "../../support/renderers/memory-tree.ts";
import { helmSource, ingressText, renderFiles } from "../../support/renderers/render-files.ts";

type Files = Readonly<Record<string, string>>;

const SERVICE =
  "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { type: {{ .Values.type }} }\n";
const CHART: Files = {
  "chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 0.1.0\n",
  "chart/values.yaml": "# Of the Ingress.\nhost: shop.example.com\ntype: ClusterIP\n",
  "chart/values.schema.json": '{ "type": "object" }\n',
  "chart/crds/crd.yaml": "kind: CustomResourceDefinition\nmetadata: { name: a }\n",
  "chart/templates/NOTES.txt": "Served at {{ .Values.host }}.\n",
  "chart/templates/_helpers.tpl":
    '{{/* Labels of the Ingress too. */}}{{ define "web.labels" }}app: web{{ end }}\n',
  "chart/templates/service.yaml": SERVICE,
  "chart/templates/tests/ping.yaml": "apiVersion: v1\nkind: Pod\nmetadata: { name: ping }\nspec: {}\n",
  "chart/templates/web.yaml": ingressText({ host: "{{ .Values.host }}" }).replace(
    "  name: web\n",
    '  name: web\n  labels: { {{ include "web.labels" . }} }\n',
  ),
};
/** Of several chart files, what the test changes. */
const changed = (file: string, from: string, to: string): Files => {
  const text = CHART[file] ?? "";
  expect(text).toContain(from);
  return { [file]: text.replace(from, to) };
};

async function reachOf(files: Files, source: HelmSource): Promise<string> {
  const { inputs } = await renderFiles(source, files);
  const renderer = { inputsOf: async () => inputs, render: () => Promise.reject(new Error("not asked")) };
  return (await sourceState(source, renderer, memoryTree(files))).reach();
}

async function built(files: Files, source: HelmSource): Promise<unknown> {
  const { ingresses, problems } = await renderFiles(source, files);
  expect(problems).toEqual([]);
  return ingresses.map(({ object }) => object);
}

test.each<[string, () => Files]>([
  ["another object's template", () => changed("chart/templates/service.yaml", "name: web", "name: www")],
  ["a test", () => changed("chart/templates/tests/ping.yaml", "spec: {}", "spec: { restartPolicy: Never }")],
  ["the notes", () => changed("chart/templates/NOTES.txt", "Served", "Found")],
  ["the schema", () => changed("chart/values.schema.json", "object", 'object", "title": "a')],
  ["what is installed as it is", () => changed("chart/crds/crd.yaml", "name: a", "name: b")],
])("%s of a chart reaches no Ingress, and helm makes the same", async (_, changes) => {
  const after = { ...CHART, ...changes() };
  const source = helmSource("chart");

  const reaches = [await reachOf(CHART, source), await reachOf(after, source)];

  expect(reaches[1]).toBe(reaches[0]);
  expect(await built(after, source)).toEqual(await built(CHART, source));
});

const MUTATING = '{{ $_ := set .Values "host" "b.example.com" }}\n';
const BY_NAME = '{{ define "web.all" }}\n---\n{{ .Values.object }}\n{{ end }}\n';
const OBJECT = `object: |\n${ingressText({ name: "other" }).replaceAll(/^/gm, "  ")}`;

test.each<[string, Files, Files]>([
  ["its own template", {}, { "chart/templates/web.yaml": ingressText({ host: "b.example.com" }) }],
  ["a value", {}, { "chart/values.yaml": "host: b.example.com\ntype: ClusterIP\n" }],
  [
    "a named template",
    {},
    { "chart/templates/_helpers.tpl": '{{ define "web.labels" }}app: www{{ end }}\n' },
  ],
  [
    "a template that changes the values of all",
    // helm runs templates in an order of its own: the last one first.
    { "chart/templates/zzz.yaml": "# nothing yet\n" },
    { "chart/templates/zzz.yaml": MUTATING },
  ],
  [
    "a template that prints a value which is an Ingress",
    { "chart/values.yaml": `${CHART["chart/values.yaml"]}${OBJECT}` },
    { "chart/templates/service.yaml": `${SERVICE}---\n{{ .Values.object }}\n` },
  ],
  [
    "a template that prints such a value by a named one",
    {
      "chart/values.yaml": `${CHART["chart/values.yaml"]}${OBJECT}`,
      "chart/templates/_all.tpl": BY_NAME,
    },
    { "chart/templates/service.yaml": `${SERVICE}{{ include "web.all" . }}\n` },
  ],
  [
    "a file that a template reads",
    {
      "chart/README.md": "a.example.com",
      "chart/templates/web.yaml": ingressText({ host: '{{ .Files.Get "README.md" }}' }),
    },
    { "chart/README.md": "b.example.com" },
  ],
])("%s reaches the Ingress", async (_, files, changes) => {
  const before = { ...CHART, ...files };
  const after = { ...before, ...changes };
  const source = helmSource("chart");

  const reaches = [await reachOf(before, source), await reachOf(after, source)];

  expect(await built(after, source)).not.toEqual(await built(before, source));
  expect(reaches[1]).not.toBe(reaches[0]);
});
