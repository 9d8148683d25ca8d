import { describe, expect, test } from "vitest";
import { plainRenderer, rememberingRenderer } from "../../../src/adapters/render/plain-renderer.ts";
import type { Problem } from "../../../src/model/problem.ts";
import type { RenderedFile } from "../../../src/ports/renderer.ts";

const WEB = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
spec:
  rules:
    - host: shop.example.com
`;

function render(content: string | Buffer, defaultNamespace: string | null = null): RenderedFile {
  return plainRenderer.render({ path: "deploy/web.yaml", content: Buffer.from(content), defaultNamespace });
}

function names(rendered: RenderedFile): string[] {
  return rendered.ingresses.map(({ id }) => `${id.namespace}/${id.name}`);
}

function onlyProblem(content: string | Buffer, defaultNamespace: string | null = null): Problem {
  const { problems } = render(content, defaultNamespace);
  expect(problems).toHaveLength(1);
  return problems[0] as Problem;
}

describe("identity", () => {
  test("an object without a namespace takes the path's default, also in the object", () => {
    const rendered = render(WEB.replace("  namespace: shop\n", ""), "team-a");
    expect(names(rendered)).toEqual(["team-a/web"]);
    expect(rendered.ingresses[0]?.object.metadata).toEqual({ name: "web", namespace: "team-a" });
  });

  test("an object's own namespace wins over the default", () => {
    expect(names(render(WEB, "team-a"))).toEqual(["shop/web"]);
  });

  test("a problem names its object where the file tells which one it is", () => {
    const problem = onlyProblem(WEB.replace("rules:\n    - host: shop.example.com", "rules: {}"));
    expect(problem).toMatchObject({
      code: "wrong-type",
      line: 7,
      ingress: { namespace: "shop", name: "web" },
    });
  });

  test("a name that is no name is not attached to the problem", () => {
    expect(onlyProblem(WEB.replace("name: web", "name: Web_1"))).not.toHaveProperty("ingress");
  });

  test("a broken document still tells which object it is", () => {
    const problem = onlyProblem(`${WEB}    bad\n  : : x`);
    expect(problem).toMatchObject({ code: "yaml-syntax", ingress: { namespace: "shop", name: "web" } });
  });

  test("two objects in one broken document are told apart from neither", () => {
    expect(onlyProblem(`${WEB}\t---\n${WEB.replace("web", "api")}`)).not.toHaveProperty("ingress");
  });
});

describe("what is no manifest of ours is passed over in silence", () => {
  test.each<[string, string]>([
    ["another kind", WEB.replace("kind: Ingress", "kind: IngressClass")],
    ["OpenShift's Ingress", WEB.replace("networking.k8s.io/v1", "config.openshift.io/v1")],
    ["Knative's Ingress", WEB.replace("networking.k8s.io/v1", "networking.internal.knative.dev/v1alpha1")],
    ["a custom resource called Ingress", WEB.replace("networking.k8s.io/v1", "voyager.appscode.com/v1")],
    ["a Kustomize patch of metadata", WEB.replace(/spec:[\s\S]*/, "")],
    [
      "a Kustomize patch of tls",
      WEB.replace("  namespace: shop\n", "").replace(/rules:[\s\S]*/, "tls: [{secretName: a}]\n"),
    ],
    ["a strategic merge with a directive", `${WEB}    - $patch: delete\n      host: a.example.com\n`],
    ["a Kustomize patch that deletes the object", `$patch: delete\n${WEB}`],
    [
      "a kustomization's target",
      "patches:\n- target: {kind: Ingress, name: web}\n  patch: |-\n    - op: remove\n      path: /spec/tls\n",
    ],
    ["a JSON patch", "- op: replace\n  path: /kind\n  value: Ingress\n"],
    ["a list of kinds", "- {group: networking.k8s.io, kind: Ingress}\n"],
    ["the name of a kind", "apiVersion: networking.k8s.io/v1\nkind: Ingress\n"],
    ["Helm values", "ingress:\n  kind: Ingress\n  enabled: true\n"],
    [
      "an OpenAPI document",
      "openapi: 3.0.0\ncomponents: {schemas: {Ingress: {properties: {kind: {enum: [Ingress]}}}}}\n",
    ],
    [
      "a custom resource definition",
      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {names: {kind: Ingress}}\n",
    ],
    [
      "a ConfigMap that holds an Ingress in a string",
      `apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n    ${WEB.replaceAll("\n", "\n    ")}\n`,
    ],
    [
      "a broken ConfigMap that holds an Ingress in a string",
      `apiVersion: v1\nkind: ConfigMap\n\tx: 1\ndata:\n  a: |\n    ${WEB.replaceAll("\n", "\n    ")}\n`,
    ],
    [
      "a template without an Ingress",
      "{{- if .Values.x }}\nkind: Service # behind the Ingress\n{{- end }}\n",
    ],
    ["a comment that mentions Ingress", "# kind: Ingress\n---\n# apiVersion: networking.k8s.io/v1\n"],
    ["prose", "The Ingress is what it is: no: yaml\n"],
    [
      "an RBAC rule",
      'kind: Role\napiVersion: rbac.authorization.k8s.io/v1\nrules: [{apiGroups: ["networking.k8s.io"], resources: [ingresses]}]\n',
    ],
    ["a binary file", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]).toString("latin1")],
  ])("%s", (_, content) => {
    expect(render(content)).toEqual({ ingresses: [], problems: [] });
  });

  test("its neighbours in the same file are read", () => {
    expect(names(render(`kind: Service\n---\n${WEB}---\nkind: Kustomization\n`))).toEqual(["shop/web"]);
  });
});

describe("templates", () => {
  const HELM = WEB.replace("name: web", 'name: {{ include "web.name" . }}');

  test.each<[string, string, number]>([
    ["an action as a value", HELM, 4],
    ["control lines around the object", `{{- if .Values.ingress.enabled }}\n${WEB}{{- end }}\n`, 1],
    [
      "a line of actions within",
      WEB.replace(
        "spec:",
        "  {{- with .Values.a }}\n  annotations: {{ toYaml . | nindent 4 }}\n  {{- end }}\nspec:",
      ),
      6,
    ],
    [
      "an action in quotes where a host must stand",
      WEB.replace("shop.example.com", '"{{ .Values.host }}"'),
      8,
    ],
    [
      "a Helm action in a quoted annotation",
      WEB.replace("spec:", '  annotations: {a: "{{ .Values.a }}"}\nspec:'),
      6,
    ],
    ["Jinja", WEB.replace("spec:", "{% if tls %}\nspec:"), 6],
    ["a variable of a shell or of Flux", WEB.replace("shop.example.com", `$${"{HOST}"}`), 8],
    ["a variable in the name", WEB.replace("name: web", "name: web-$(ENV)"), 4],
  ])("%s is not rendered", (_, content, line) => {
    expect(onlyProblem(content)).toMatchObject({ code: "not-rendered", level: "error", line });
  });

  test("names the object where the template leaves its name alone", () => {
    const problem = onlyProblem(`{{- if .Values.ingress.enabled }}\n${WEB}{{- end }}\n`);
    expect(problem.ingress).toEqual({ namespace: "shop", name: "web" });
  });

  test.each<[string, string]>([
    ["in a snippet", "    a: |\n      sub_filter '{{ x }}' '{% y %}';\n"],
    ["in a quoted annotation", '    a: "{{ $labels.instance }}"\n'],
    ["in a comment", "    a: b # {{ .Values.a }}\n"],
    ["of a shell in an annotation", `    a: /$${"{1}"}/$(b)\n`],
  ])("braces %s are no template", (_, annotation) => {
    const rendered = render(WEB.replace("spec:", `  annotations:\n${annotation}spec:`));
    expect(rendered.problems).toEqual([]);
    expect(names(rendered)).toEqual(["shop/web"]);
  });

  test("braces in a snippet do not hide what really breaks the document", () => {
    const snippet = "  annotations:\n    a: |\n      {{ x }}\n    b: c: d\nspec:";
    expect(onlyProblem(WEB.replace("spec:", snippet))).toMatchObject({ code: "yaml-syntax", line: 9 });
  });
});

describe("what may hold an Ingress and cannot be read is a problem", () => {
  test.each<[string, string | Buffer, string]>([
    ["UTF-16 with a mark", Buffer.from(`\uFEFF${WEB}`, "utf16le"), "not-utf-8"],
    ["UTF-16 without a mark", Buffer.from(WEB, "utf16le"), "not-utf-8"],
    ["big-endian UTF-16", Buffer.from(`\uFEFF${WEB}`, "utf16le").swap16(), "not-utf-8"],
    ["Latin-1", Buffer.from(WEB.replace("spec", "# ä\nspec"), "latin1"), "not-utf-8"],
    [
      "a kind in escapes",
      WEB.replace("kind: Ingress", '"kind": "\\x49ngres\\u0073"').replace("shop.example.com", "A"),
      "invalid-value",
    ],
    ["a misspelt kind", WEB.replace("kind: Ingress", "kind: ingress"), "wrong-kind"],
    ["an array of objects", `- ${WEB.trim().replaceAll("\n", "\n  ")}\n`, "wrong-type"],
    [
      "two objects without a separator",
      `${WEB}${WEB.replace("kind: Ingress", "kind: Service")}`,
      "duplicate-key",
    ],
    ["a second document after `...`", `a: b\n...\n${WEB}`, "yaml-syntax"],
    ["a file over the limit", `${WEB}#${" ".repeat(9 * 1024 * 1024)}`, "too-large"],
    ["deep nesting", `${WEB}x: ${"[".repeat(100_000)}`, "yaml-syntax"],
    ["more tokens than can be read", `${WEB}x: ${"[".repeat(2_000_000)}`, "too-large"],
    [
      "an alias bomb",
      `${WEB}a0: &a0 [x]\n${nested((n) => `[${Array(9).fill(`*a${n}`).join(",")}]`)}`,
      "excessive-aliases",
    ],
    [
      "a merge bomb",
      `${WEB}a0: &a0 {x: x}\n${nested((n) => `{<<: [*a${n}, *a${n}, *a${n}, *a${n}]}`)}`,
      "excessive-aliases",
    ],
  ])("%s", (_, content, code) => {
    const rendered = render(content);
    expect(rendered.ingresses).toEqual([]);
    expect(rendered.problems).toMatchObject([{ code, level: "error" }]);
  });

  function nested(of: (level: number) => string): string {
    return Array.from({ length: 40 }, (_, level) => `a${level + 1}: &a${level + 1} ${of(level)}\n`).join("");
  }

  test("one unreadable document leaves its neighbours readable", () => {
    const rendered = render(`${WEB}---\n${WEB}\t x\n---\n${WEB.replace("web", "api")}`);
    expect(names(rendered)).toEqual(["shop/web", "shop/api"]);
    expect(rendered.problems).toMatchObject([{ line: 18, level: "error" }]);
  });
});

describe("a broken .json file is complained of as JSON", () => {
  const JSON_WEB = `${JSON.stringify(
    { apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: { name: "web" }, spec: {} },
    null,
    2,
  )}\n`;

  function problemsAt(path: string, text: string) {
    return plainRenderer.render({ path, content: Buffer.from(text), defaultNamespace: null }).problems;
  }

  test.each<[string, string, number, string]>([
    ["that is cut off", JSON_WEB.slice(0, 70), 4, "Not valid JSON: it ends in the middle"],
    [
      "without a comma",
      JSON_WEB.replace('"Ingress",', '"Ingress"'),
      4,
      "Not valid JSON: Expected ',' or '}' after property value",
    ],
    [
      "with two objects in one",
      JSON_WEB.replace('"kind"', '} { "kind"'),
      3,
      "Not valid JSON: Expected double-quoted property name",
    ],
  ])("%s", (_, text, line, message) => {
    expect(problemsAt("web.json", text)).toMatchObject([{ code: "json-syntax", line, message }]);
  });

  test("as the same text in a YAML file is as YAML", () => {
    expect(problemsAt("web.yaml", JSON_WEB.slice(0, 70))).toMatchObject([{ code: "yaml-syntax" }]);
  });

  test("and one that kubectl reads as YAML is read", () => {
    const withComma = JSON_WEB.replace('"spec": {}', '"spec": {"defaultBackend": {}, }');
    expect(problemsAt("web.json", withComma).map(({ code }) => code)).not.toContain("json-syntax");
  });
});

test("a List of thousands of objects is read, and each knows its lines", () => {
  const items = Array.from({ length: 3000 }, (_, index) => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: `web-${index}`, namespace: "shop" },
    spec: { rules: [{ host: "a.example.com" }] },
  }));
  const rendered = render(JSON.stringify({ apiVersion: "v1", kind: "List", items }, null, 2));
  expect(rendered.ingresses).toHaveLength(3000);
  expect(rendered.ingresses[2999]?.placeAt(["metadata", "name"])?.line).toBe(5 + 2999 * 15 + 4);
});

test("tens of thousands of problems in one document each know their line", () => {
  const count = 20_000; // more would be over the limit for annotations as well
  const annotations = Array.from({ length: count }, (_, index) => `    -bad-${index}: "1"\n`).join("");
  const content = `${WEB.replace("spec:\n", `  annotations:\n${annotations}spec:\n`)}x: &anchor {a: 1, a: 2}\n`;
  const { problems } = render(content);
  const lines = problems.filter(({ code }) => code === "invalid-value").map(({ line }) => line);
  expect(lines).toEqual(Array.from({ length: count }, (_, index) => 7 + index));
});

test("a document that a renderer has read before is placed where it stands now", () => {
  const renderer = rememberingRenderer();
  const warned = WEB.replace("spec:\n", "spec:\n  more: 1\n");
  const before = renderer.render({ path: "a.yaml", content: Buffer.from(warned), defaultNamespace: null });
  const after = renderer.render({
    path: "b.yaml",
    content: Buffer.from(`# moved\n---\n${warned}`),
    defaultNamespace: null,
  });
  const places = ({ ingresses, problems }: RenderedFile) => [
    ...ingresses.map(({ origin, placeAt }) => [origin.path, origin.line, placeAt(["spec", "rules"])?.line]),
    ...problems.map(({ path, line }) => [path, line]),
  ];
  expect(places(before)).toEqual([
    ["a.yaml", 1, 8],
    ["a.yaml", 7],
  ]);
  expect(places(after)).toEqual([
    ["b.yaml", 3, 10],
    ["b.yaml", 9],
  ]);
});

test("a document that a renderer has read before has the namespace of the path that it stands in now", () => {
  const renderer = rememberingRenderer();
  const content = Buffer.from(WEB.replace("  namespace: shop\n", ""));
  const rendered = ["null", null, "team-a"].map((defaultNamespace) =>
    renderer.render({ path: "a.yaml", content, defaultNamespace }),
  );
  expect(rendered.map(names)).toEqual([["null/web"], [], ["team-a/web"]]);
});
