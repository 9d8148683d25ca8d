import { expect, test } from "vitest";
import { renderCache } from "../../../src/adapters/render/tool/render-cache.ts";
import { composedKind } from "../../../src/audit/rendered/composed-kind.ts";
import { mayHoldIngress, sourceState } from "../../../src/audit/rendered/source-state.ts";
import { auditSources } from "../../support/renderers/audit-sources.ts";
import { memoryTree } from "../../support/renderers/memory-tree.ts";
import { helmSource, ingressText, outline, renderFiles } from "../../support/renderers/render-files.ts";
import { RepositoryBuilder } from "../../support/repository/build-repository.ts";

const CHART = "apiVersion: v2\nname: web\nversion: 0.1.0\n";
const manifest = (kind: string) => ingressText().replace("kind: Ingress", `kind: ${kind}`);

/** Each makes an Ingress of which no file holds the word. */
const COMPOSED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "a function": { "chart/templates/web.yaml": manifest('{{ title "ingress" }}') },
  "a function in quotes": { "chart/templates/web.yaml": manifest('"{{ title "ingress" }}"') },
  "parts around an action": { "chart/templates/web.yaml": manifest('In{{ print "gr" }}ess') },
  "parts that are chosen": { "chart/templates/web.yaml": manifest("In{{ if true }}gress{{ end }}") },
  "a choice over several lines": {
    "chart/templates/web.yaml": manifest('{{ if false }} Role\n{{ else }} {{ title "ingress" }}\n{{ end }}'),
  },
  "the next line": { "chart/templates/web.yaml": manifest('\n  {{ title "ingress" }}') },
  "a folded scalar": { "chart/templates/web.yaml": manifest('>-\n  {{ title "ingress" }}') },
  "a named template": {
    "chart/templates/_kind.tpl": '{{ define "web.what" }}{{ title "ingress" }}{{ end }}',
    "chart/templates/web.yaml": manifest('{{ include "web.what" . }}'),
  },
  "a variable": {
    "chart/templates/web.yaml": `{{ $kind := title "ingress" }}\n${manifest("{{ $kind }}")}`,
  },
  "a value that a function changes": {
    "chart/values.yaml": "what: ingress\n",
    "chart/templates/web.yaml": manifest("{{ .Values.what | title }}"),
  },
  "a value that is set": {
    "chart/templates/web.yaml": `{{ $_ := set .Values "what" (title "ingress") }}\n${manifest("{{ .Values.what }}")}`,
  },
  "a value that is run as a template": {
    "chart/values.yaml": `object: |\n${manifest('{{ title "ingress" }}').replaceAll(/^/gm, "  ")}`,
    "chart/templates/web.yaml": "{{ tpl .Values.object . }}\n",
  },
  "an alias": {
    "chart/templates/web.yaml": `a: &kind {{ title "ingress" }}\n${manifest("*kind")}`,
  },
  "a formatted line": {
    "chart/templates/web.yaml": manifest("X").replace("kind: X", '{{ printf "kind: %s" (title "ingress") }}'),
  },
  "a line that is put together": {
    "chart/templates/web.yaml": manifest("X").replace("kind: X", '{{ print "kind: " (title "ingress") }}'),
  },
  "a key that is put together": {
    "chart/templates/web.yaml": manifest("X").replace("kind: X", '{{ "kind" }}: {{ title "ingress" }}'),
  },
  "a map": {
    "chart/templates/web.yaml": `{{ merge (dict "kind" (title "ingress")) (fromYaml (include "rest" .)) | toYaml }}\n`,
    "chart/templates/_rest.tpl": `{{ define "rest" }}\n${manifest("X").replace("kind: X\n", "")}{{ end }}\n`,
  },
  "text in Base64": {
    "chart/templates/web.yaml": `{{ "${Buffer.from(manifest("Ingress")).toString("base64")}" | b64dec }}\n`,
  },
};

test.each(Object.entries(COMPOSED))("an Ingress whose kind is %s is rendered", async (_, template) => {
  const files = { "chart/Chart.yaml": CHART, ...template };
  expect(Object.values(files).join("")).not.toContain("Ingress");
  const source = helmSource("chart");

  const rendered = await renderFiles(source, files);
  const state = await sourceState(
    source,
    { inputsOf: async () => rendered.inputs, render: () => Promise.reject(new Error("not asked")) },
    memoryTree(files),
  );

  // helm says that it is one, so the question whether it has to be asked must be answered so.
  expect(outline(rendered)).toEqual(["shop/web shop.example.com chart/templates/web.yaml:1"]);
  expect(mayHoldIngress(state)).toBe(true);
});

test.each([
  ["is written out", "kind: Service\n"],
  ["is written out, with an action behind it", "kind: Service\nmetadata: { name: {{ .Release.Name }} }\n"],
  ["is one of two", "kind: {{ if .Values.wide }}Cluster{{ end }}Role\n"],
  ["is one of several", 'kind: "{{- if .a }}Role{{ else if .b }}RoleBinding{{- else }}Job{{ end }}"\n'],
  ["is a value as it stands", "kind: {{ .Values.controller.kind }}\n"],
  ["is a value in quotes", 'kind: {{ $.Values.kind | default "Deployment" | quote }} # or DaemonSet\n'],
  ["is read", '{{ if eq .kind "Role" }}a: {{ .kind }}{{ end }}{{ $kind := include "a" . }}\n'],
  ["is an argument whose value is a word", '{{ include "a" (dict "kind" "Role" "b" (title "c")) }}\n'],
  [
    "is a field of a schema",
    '{ "properties": { "kind": { "type": "string" } }, "required": ["kind", "a"] }\n',
  ],
  ["is described", "kind:\n  description: 'Kind is a string value'\n"],
])("a kind that %s is none that is put together", (_, text) => {
  const { isComposed, changesValues } = composedKind(Buffer.from(text));

  expect([isComposed, changesValues]).toEqual([false, false]);
});

test("an Ingress whose kind is put together is compared and attributed like any other", async () => {
  const builder = new RepositoryBuilder();
  const web = (host: string) =>
    ingressText({ host, namespace: "shop" }).replace("kind: Ingress", 'kind: {{ title "ingress" }}');
  const files = { "chart/Chart.yaml": CHART, "chart/templates/web.yaml": web("shop.example.com") };
  builder.commit({ message: "add", author: { name: "Ann Lee", email: "ann@example.com" }, files });
  const changed = builder.commit({
    message: "move",
    author: { name: "Bob Ray", email: "bob@example.com" },
    files: { "chart/templates/web.yaml": web("store.example.com") },
  });
  await using repository = await builder.write();

  const { report } = await auditSources(
    repository,
    [helmSource("chart")],
    { host: "shop.example.com" },
    renderCache(null),
  );

  expect(report.ingresses.map(({ state }) => state)).toEqual(["changed"]);
  const commits = report.ingresses.flatMap(({ divergences }) => divergences.flatMap((each) => each.commits));
  expect(new Set(commits.map(({ sha }) => sha))).toEqual(new Set([repository.sha(changed)]));
});
