import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { runTemplate } from "../../../src/adapters/discovery/argo-cd/go-template/run-template.ts";
import { TemplateUnknown } from "../../../src/adapters/discovery/argo-cd/go-template/template-unknown.ts";
import { findRenderers } from "../../support/renderers/find-renderers.ts";
import { temporaryFolder } from "../../support/repository/temporary-folder.ts";

const PARAMETERS = {
  name: "Web Shop.EU",
  empty: "",
  on: true,
  off: false,
  replicas: 3,
  path: { path: "apps/prod/web", basename: "web", segments: ["apps", "prod", "web"] },
  labels: { env: "prod", "a.b/c": "dotted" },
  hosts: ["a.example.com", "b.example.com"],
  maps: [{ host: "a", port: 80 }],
};

/** Each is what Go and Sprig make of it, as `helm template` shows. */
const TEMPLATES = [
  "plain",
  "{{.path.basename}}-{{ .labels.env }}",
  "a {{- .path.basename -}} b",
  "x{{/* a comment */}}y",
  '{{ index .labels "a.b/c" }}',
  "{{ index .path.segments 1 }}",
  "{{ index .maps 0 `host` }}",
  "{{ (index .maps 0).host }}",
  '{{ .missing | default "none" }}',
  '{{ default "none" .empty }}',
  "{{ .name | lower | replace ` ` `-` | trunc 5 }}",
  "{{ trunc -3 .name }}",
  '{{ if eq .labels.env "prod" }}yes{{ else }}no{{ end }}',
  '{{ if eq .labels.env "a" "prod" }}yes{{ end }}',
  '{{ if and .on (ne .labels.env "test") }}yes{{ end }}',
  "{{ if .off }}a{{ else if .empty }}b{{ else if .on }}c{{ else }}d{{ end }}",
  "{{ if not .missing }}none{{ end }}",
  '{{ and .on "last" }}{{ and .empty "last" }}',
  '{{ or .empty "last" }}',
  "{{ with .labels }}{{ .env }}{{ end }}{{ with .empty }}a{{ else }}b{{ end }}",
  "{{ range .hosts }}{{ . }},{{ end }}",
  "{{ range $i, $host := .hosts }}{{ $i }}={{ $host }};{{ end }}",
  "{{ range $key, $value := .labels }}{{ $key }}={{ $value }};{{ end }}",
  "{{ range .missing }}a{{ else }}none{{ end }}",
  "{{ $name := .name | lower }}{{ range .maps }}{{ $name }}{{ $.path.path }}{{ .host }}{{ end }}",
  '{{ $port := "80" }}{{ if .on }}{{ $port = "8080" }}{{ end }}{{ $port }}',
  '{{ $port := "80" }}{{ if .on }}{{ $port := "8080" }}{{ end }}{{ $port }}',
  "{{ $last := 0 }}{{ range .hosts }}{{ $last = . }}{{ end }}{{ $last }}",
  "{{ $a := 1 }}{{ with $b := .labels }}{{ $a = $b.env }}{{ end }}{{ $a }}",
  '{{ range $i, $host := .hosts }}{{ $host = "x" }}{{ $host }}{{ end }}',
  '{{ printf "%s-%s-%d" .path.basename .labels.env 7 }}',
  '{{ join "," .hosts }}{{ first .hosts }}{{ last .hosts }}',
  '{{ (splitList "/" .path.path) | last }}{{ (split "/" .path.path)._1 }}',
  '{{ trimPrefix "apps/" .path.path }}{{ trimSuffix "/web" .path.path }}',
  '{{ hasPrefix "apps" .path.path }}{{ hasSuffix "x" .path.path }}{{ contains "prod" .path.path }}',
  '{{ ternary "a" "b" .on }}{{ coalesce .empty .missing "c" }}',
  "{{ .name | quote }}{{ .name | squote }}",
  '{{ hasKey .labels "env" }}{{ get .labels "gone" }}{{ has "a.example.com" .hosts }}',
  "{{ .labels | toJson }}{{ list `<a&b>` | toJson }}",
  "a:{{ .labels | toYaml | nindent 2 }}",
  "{{ len .hosts }}{{ len .name }}{{ upper .name }}{{ trim ` a ` }}{{ empty .empty }}",
  '{{ 3 }}{{ true }}{{ `raw "text"` }}',
  '{{ list "a" "b" | join "+" }}',
];

it("makes the text that Go's own templates make", async () => {
  const { helm3 } = await findRenderers();
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, "templates"));
  await writeFile(path.join(folder, "Chart.yaml"), "apiVersion: v2\nname: c\nversion: 0.1.0\n");
  await writeFile(path.join(folder, "values.yaml"), JSON.stringify(PARAMETERS));
  const defined = TEMPLATES.map((each, index) => `{{- define "t${index}" }}${each}{{ end }}`).join("\n");
  const used = TEMPLATES.map((_, index) => `t${index}: {{ include "t${index}" .Values | toJson }}`).join(
    "\n",
  );
  await writeFile(path.join(folder, "templates/all.yaml"), `${defined}\n${used}\n`);

  const { stdout } = await promisify(execFile)(helm3, ["template", "r", folder]);

  const byGo: Record<string, string> = parse(stdout);
  const ours = TEMPLATES.map((each) => [each, runTemplate(each, PARAMETERS, false)]);
  expect(ours).toEqual(TEMPLATES.map((each, index) => [each, byGo[`t${index}`]]));
});

it("makes a DNS name of any text, as Argo CD does", () => {
  expect(runTemplate("{{ normalize .name }}", PARAMETERS, true)).toBe("web-shop.eu");
});

it.each([
  "{{ .missing.deeper }}",
  "{{ .name.deeper }}",
  "{{ .labels }}",
  "{{ nothingSuch .name }}",
  "{{ .name .name }}",
  "{{ index .hosts 7 }}",
  "{{ template `x` . }}",
  "{{ define `x` }}{{ end }}",
  "{{ if .on }}never ended",
  "{{ end }}",
  "{{ }}",
  "{{ .name | }}",
  "{{ $gone }}",
  '{{ printf "%q" .name }}',
])("%s is not known", (template) => {
  expect(() => runTemplate(template, PARAMETERS, false)).toThrow(TemplateUnknown);
});

it("says nothing of a name that the parameters lack, unless it is strict", () => {
  expect(runTemplate("{{ .missing }}", PARAMETERS, false)).toBe("<no value>");
  expect(() => runTemplate("{{ .missing }}", PARAMETERS, true)).toThrow(TemplateUnknown);
});
