/**
 * Files whose reading by kubectl and the API server is recorded in kubectl-readings.json (record-kubectl/record.ts
 * writes it), by name.
 */
export function kubectlCases(): ReadonlyMap<string, string> {
  return new Map([...scalarCases(), ...structureCases(), ...fileCases(), ...fieldCases(), ...v1beta1Cases()]);
}

const HEAD = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  namespace: shop\n";
const SPEC = "spec:\n  defaultBackend:\n    service: {name: web, port: {number: 80}}\n";

function withAnnotation(yaml: string): string {
  return `${HEAD}  annotations:\n    a: ${yaml}\n${SPEC}`;
}

function withPort(yaml: string): string {
  return `${HEAD}spec:\n  defaultBackend:\n    service: {name: web, port: {number: ${yaml}}}\n`;
}

/** A bare scalar where a string must stand is refused unless it is one; a port shows which number it is. */
function scalarCases(): [string, string][] {
  const words = "y Y yes Yes YES yEs on On ON off n no No NO true True TRUE tRue false ~ null Null NULL nULL";
  const numbers =
    "0777 0o17 017 08 0x1F 0X1f 0b11 -0b11 1_000 1__0 _1 1_ 80.0 8e1 80. +80 -80 1e400 .5 ._5 .5_0 .inf -.INF .nan 0x 0b2 1:30 12345678901234567890 12345678901234567890123 65536 0";
  const others = "= << 2020-01-01 2020-01-01T00:00:00Z 1.2.3 1.2.3.4 - -a ?a :a 1a 0xg v1 100m 5s";
  const tagged = [
    "!!str yes",
    "!!str 80",
    "!!int '80'",
    "!!bool 'yes'",
    "!!int x",
    "!!float 80",
    "!!binary SGk=",
    "!!binary x",
    "!x 80",
    "! 80",
    "!!null x",
    "!!timestamp 2020-01-01",
  ];
  return [...words.split(" "), ...numbers.split(" "), ...others.split(" "), ...tagged].flatMap((text) => [
    [`annotation ${text}`, withAnnotation(text)],
    [`port ${text}`, withPort(text)],
  ]);
}

function structureCases(): [string, string][] {
  const annotations = (text: string) => `${HEAD}  annotations:\n${text}${SPEC}`;
  return [
    ["quoted", annotations('    a: "yes"\n    b: \'no\'\n    c: "\\u0041\\x42"\n')],
    [
      "block scalars",
      annotations(
        "    a: |\n      x\n        y\n\n    b: >-\n      x\n      y\n\n      z\n    c: |+\n      x\n\n",
      ),
    ],
    ["block scalar with an indentation indicator", annotations("    a: |2-\n        x\n       y\n")],
    [
      "a file that ends in a block scalar",
      `kind: Ingress\napiVersion: networking.k8s.io/v1\n${SPEC}metadata:\n  name: web\n  namespace: shop\n  annotations:\n    a: |\n      x`,
    ],
    [
      "folded plain and quoted scalars",
      annotations("    a: x\n      y\n    b: \"x\n      y\n\n      z\"\n    c: 'x\n      y'\n"),
    ],
    ["comments", annotations("    a: x # y\n    b: x#y\n    c: 'x' # y\n    # d: x\n")],
    ["a comment right after a quote", annotations("    a: 'x'#y\n")],
    [
      "numbers, booleans and dates as keys",
      annotations(
        "    1: a\n    1.5: b\n    1e3: c\n    0x10: d\n    true: e\n    2020-01-01: f\n    1.10: g\n    no: h\n",
      ),
    ],
    ["a null key", annotations("    ~: a\n")],
    ["a list as a key", annotations("    [a]: b\n")],
    ["null annotation values", annotations("    a: null\n    b:\n    c: ~\n")],
    ["a duplicate key", annotations("    a: x\n    b: y\n    a: z\n")],
    ["an anchor and aliases", annotations("    a: &x one\n    b: *x\n    *x : two\n")],
    ["an alias without an anchor", annotations("    a: *x\n")],
    ["a wildcard host without quotes", `${HEAD}spec:\n  rules:\n  - host: *.example.com\n`],
    ["an anchor that is defined twice", annotations("    a: &x 'one'\n    b: &x two\n    c: *x\n")],
    ["a merge before its neighbours", annotations("    <<: {a: x, b: y}\n    a: z\n")],
    ["a merge after its neighbours", annotations("    a: z\n    <<: {a: x, b: y}\n")],
    ["a merge of a list", annotations("    <<: [{a: x}, {a: w, b: y}]\n")],
    ["a merge of null", annotations("    <<:\n")],
    ["a quoted merge key", annotations('    "<<": x\n')],
    ["a merge of an alias", `${HEAD}  labels: &l {a: x}\n  annotations:\n    <<: *l\n    b: y\n${SPEC}`],
    ["an alias that contains itself", `${HEAD}${SPEC}x: &x [*x]\n`],
    ["infinity somewhere else", `${HEAD}${SPEC}x: .inf\n`],
    ["a tab as indentation", annotations("\ta: x\n")],
    ["a tab between tokens", annotations("    a:\tx\t# y\n")],
    [
      "flow collections over several lines",
      `${HEAD}spec:\n  tls: [\n    {\n      hosts: [a.example.com,\n        b.example.com,],\n    }\n  ]\n  defaultBackend: {\n    "service":{"name":"web","port":{"number":80}}\n  }\n`,
    ],
    ["compact lists", `${HEAD}spec:\n  rules:\n  - host: a.example.com\n  - host: b.example.com\n`],
    ["a plain scalar with a colon and a space", annotations("    a: b: c\n")],
    ["a bad escape", annotations('    a: "\\q"\n')],
    ["a reserved character", annotations("    a: @b\n")],
    ["a control character", annotations('    a: "\u0001"\n')],
    ["uneven indentation", `${HEAD} annotations:\n    a: x\n${SPEC}`],
    ["an explicit key", annotations("    ? a\n    : b\n")],
    ["emoji and umlauts", annotations('    a: grün 🌿\n    b: "\\U0001F33F"\n')],
    ["a NEL as a line end", annotations("    a: x\u0085    b: z\n")],
  ];
}

function fileCases(): [string, string][] {
  const yaml = `${HEAD}${SPEC}`;
  const second = yaml.replace("name: web\n", "name: second\n");
  const json = `{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"web"},"spec":{"rules":[{"host":"a.example.com"}]}}`;
  const list = (kind: string, version: string) =>
    `apiVersion: ${version}\nkind: ${kind}\nitems:\n- ${yaml.trim().replaceAll("\n", "\n  ")}\n- ${second.trim().replaceAll("\n", "\n  ")}\n`;
  return [
    ["several documents", `---\n${yaml}---\n# nothing\n---\n\n--- # second\n${second}...\n`],
    ["CRLF", `${yaml}---\n${second}`.replaceAll("\n", "\r\n")],
    ["CR alone", yaml.replaceAll("\n", "\r")],
    ["a byte order mark", `\uFEFF${yaml}`],
    ["a byte order mark before the separator", `\uFEFF---\n${yaml}---\n\uFEFF${second}`],
    ["something after the separator", `${yaml}--- x\n${second}`],
    ["four dashes", `${yaml}----\n${second}`],
    ["a separator in a block scalar", `${HEAD}  annotations:\n    a: |\n      x\n---\n${second}`],
    ["comments alone", "# kind: Ingress\n"],
    ["JSON", json],
    [
      "JSON with a null and a large number",
      json.replace('"name":"web"', '"name":"web","generation":80.0,"labels":null'),
    ],
    ["JSON objects after each other", `${json}\n${json}${json}`],
    ["JSON and YAML", `${json}\n---\n${second}`],
    ["JSON with a trailing comma", json.replace("}]}}", "}],}}")],
    ["JSON with comments", `${json}\n# done\n`],
    ["JSON with a duplicate key", json.replace('"kind"', '"kind":"Service","kind"')],
    [
      "JSON with surrogate pairs",
      json.replace('"name":"web"', '"name":"web","annotations":{"a":"\\ud83c\\udf3f \\/"}'),
    ],
    ["JSON with tabs", JSON.stringify(JSON.parse(json), null, "\t")],
    ["a JSON array", `[${json}]`],
    ["a List", list("List", "v1")],
    ["an IngressList", list("IngressList", "networking.k8s.io/v1")],
    [
      "an IngressList whose items have no kind",
      list("IngressList", "networking.k8s.io/v1").replaceAll(
        /- apiVersion: .*\n {2}kind: Ingress\n {2}/g,
        "- ",
      ),
    ],
    [
      "a List in a List",
      `apiVersion: v1\nkind: List\nitems:\n- ${list("List", "v1").trim().replaceAll("\n", "\n  ")}\n`,
    ],
    ["an empty List", "apiVersion: v1\nkind: List\nitems: [] # Ingress\n"],
  ];
}

function fieldCases(): [string, string][] {
  const rule = (text: string) => `${HEAD}spec:\n  rules:\n  - ${text}\n`;
  const path = (text: string) =>
    rule(
      `host: a.example.com\n    http: {paths: [{${text}backend: {service: {name: web, port: {name: http}}}}]}`,
    );
  const backend = (text: string) => rule(`http: {paths: [{path: /, pathType: Prefix, backend: {${text}}}]}`);
  const hosts = [
    "a.example.com",
    "'*.example.com'",
    "'*'",
    "'*.*.example.com'",
    "'a.*.com'",
    "A.example.com",
    "a_b.example.com",
    "a.example.com:80",
    "10.0.0.1",
    "010.0.0.1",
    "'::1'",
    "''",
    "a.example.com.",
    "-a.com",
    "localhost",
    "1.2.3",
    `${"a".repeat(64)}.com`,
  ];
  const paths = ["/", "/a//b", "/a/./b", "/a/..", "/a/.", "/a%2Fb", "a", "''", "/*", "/(.*)", "/a b", "/ä"];
  const ports = [
    "{name: http}",
    "{number: 0}",
    "{number: 65536}",
    "{number: -1}",
    "{number: 80, name: http}",
    "{}",
    "{name: '80'}",
    "{name: a--b}",
    "{name: HTTP}",
    "{name: sixteen-letters-x}",
    "{number: '80'}",
    "{number: 80.5}",
    "{number: 4294967376}",
  ];
  const names = ["web", "Web", "web.shop", "1web", "web_1", "-web", "''", "a".repeat(254), "a".repeat(253)];
  return [
    ...hosts.map((host): [string, string] => [`host ${host}`, rule(`host: ${host}`)]),
    ...paths.flatMap((text): [string, string][] =>
      ["Prefix", "Exact", "ImplementationSpecific"].map((type) => [
        `path ${text} ${type}`,
        path(`path: ${text}, pathType: ${type}, `),
      ]),
    ),
    ["no pathType", path("path: /, ")],
    ["a null pathType", path("path: /, pathType: null, ")],
    ["an empty pathType", path("path: /, pathType: '', ")],
    ["an unknown pathType", path("path: /, pathType: Regex, ")],
    ...ports.map((port): [string, string] => [
      `port ${port}`,
      backend(`service: {name: web, port: ${port}}`),
    ]),
    ...names.map((name): [string, string] => [
      `name ${name.slice(0, 20)} (${name.length})`,
      `${HEAD}${SPEC}`.replace("name: web\n", `name: ${name}\n`),
    ]),
    ["namespace with a dot", `${HEAD}${SPEC}`.replace("shop", "sh.op")],
    ["a Service's name with a dot", backend("service: {name: a.b, port: {number: 80}}")],
    ["a Service's name with a digit first", backend("service: {name: 1a, port: {number: 80}}")],
    ["an empty backend", backend("")],
    ["a backend in the form of v1beta1", backend("serviceName: web, servicePort: 80")],
    [
      "a service and a resource",
      backend("service: {name: web, port: {number: 80}}, resource: {kind: A, name: b}"),
    ],
    ["a resource", backend("resource: {apiGroup: a.example.com, kind: A, name: b}")],
    ["a resource without a kind", backend("resource: {apiGroup: a.example.com, name: b}")],
    ["a resource with a slash", backend("resource: {kind: A, name: b/c}")],
    ["a rule that is null", `${HEAD}spec:\n  rules: [null]\n`],
    ["a path that is null", rule("http: {paths: [null]}")],
    ["http without paths", rule("http: {}")],
    ["http that is null", rule("http: null")],
    ["rules as a map", `${HEAD}spec:\n  rules: {host: a.example.com}\n`],
    ["a spec that is a list", `${HEAD}spec: []\n`],
    ["neither rules nor a default backend", `${HEAD}spec: {ingressClassName: nginx}\n`],
    ["empty rules", `${HEAD}spec: {rules: []}\n`],
    ["unknown fields", `${HEAD}  lables: {a: b}\n${SPEC}  rulez: []\nextra: 1\n`],
    ["a field in another case", `${HEAD}${SPEC}`.replace("defaultBackend", "defaultbackend")],
    ["an integer annotation", withAnnotation("5")],
    ["annotations as a list", `${HEAD}  annotations: [a]\n${SPEC}`],
    ["labels that are null", `${HEAD}  labels:\n${SPEC}`],
    ["metadata that is a string", `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: web\n${SPEC}`],
    ["a bad annotation key", `${HEAD}  annotations: {a/b/c: x}\n${SPEC}`],
    ["an annotation key in capitals", `${HEAD}  annotations: {Example.com/A: x}\n${SPEC}`],
    ["a label key in capitals", `${HEAD}  labels: {Example.com/A: x}\n${SPEC}`],
    ["a bad label value", `${HEAD}  labels: {a: 'b c'}\n${SPEC}`],
    ["a long label value", `${HEAD}  labels: {a: ${"b".repeat(64)}}\n${SPEC}`],
    ["a finalizer without a name", `${HEAD}  finalizers: ['a/']\n${SPEC}`],
    ["annotations that are too large", `${HEAD}  annotations: {a: ${"b".repeat(256 * 1024)}}\n${SPEC}`],
    [
      "tls",
      `${HEAD}${SPEC}  tls:\n  - hosts: [a.example.com, "*.example.com"]\n    secretName: a.b\n  - {}\n`,
    ],
    ["a tls host in capitals", `${HEAD}${SPEC}  tls: [{hosts: [A.example.com]}]\n`],
    ["an empty tls host", `${HEAD}${SPEC}  tls: [{hosts: ['']}]\n`],
    ["a bad secretName", `${HEAD}${SPEC}  tls: [{secretName: A}]\n`],
    ["a bad ingressClassName", `${HEAD}${SPEC}  ingressClassName: A\n`],
    ["an empty ingressClassName", `${HEAD}${SPEC}  ingressClassName: ''\n`],
    ["no name", `${HEAD}${SPEC}`.replace("  name: web\n", "")],
    [
      "a status and server-owned metadata",
      `${HEAD}  uid: a\n  resourceVersion: "5"\n  generation: 3\n  creationTimestamp: null\n  managedFields: []\n${SPEC}status: {loadBalancer: {ingress: [{ip: 10.0.0.1}]}}\n`,
    ],
    ["a resourceVersion that is a number", `${HEAD}  resourceVersion: 5\n${SPEC}`],
    [
      "owner references",
      `${HEAD}  ownerReferences: [{apiVersion: v1, kind: A, name: b, uid: c, controller: true}]\n${SPEC}`,
    ],
    [
      "an owner reference with a string for a boolean",
      `${HEAD}  ownerReferences: [{apiVersion: v1, kind: A, name: b, uid: c, controller: 'true'}]\n${SPEC}`,
    ],
    ["apps/v1", `${HEAD}${SPEC}`.replace("networking.k8s.io/v1", "apps/v1")],
    ["an unknown version", `${HEAD}${SPEC}`.replace("networking.k8s.io/v1", "networking.k8s.io/v2")],
    ["an empty object", "{} # Ingress\n"],
  ];
}

function v1beta1Cases(): [string, string][] {
  const head = (version: string) => `apiVersion: ${version}\nkind: Ingress\nmetadata:\n  name: old\n`;
  const backends = [
    "serviceName: web, servicePort: 80",
    "serviceName: web, servicePort: http",
    "serviceName: web, servicePort: '80'",
    "serviceName: web",
    "servicePort: 80",
    "serviceName: '', servicePort: 0",
    "resource: {kind: A, name: b}",
    "serviceName: web, servicePort: 80, resource: {kind: A, name: b}",
    "serviceName: web, servicePort: 80.5",
    "serviceName: web, servicePort: true",
    "service: {name: web, port: {number: 80}}",
    "",
  ];
  return [
    ...["extensions/v1beta1", "networking.k8s.io/v1beta1"].flatMap((version) =>
      backends.map((backend): [string, string] => [
        `${version} ${backend}`,
        `${head(version)}spec:\n  backend: {${backend}}\n`,
      ]),
    ),
    [
      "v1beta1 rules",
      `${head("extensions/v1beta1")}spec:\n  ingressClassName: nginx\n  tls: [{secretName: a}]\n  rules:\n  - host: a.example.com\n    http:\n      paths:\n      - backend: {serviceName: a, servicePort: 80}\n      - path: /b\n        pathType: Exact\n        backend: {serviceName: b, servicePort: http}\n      - path: /c\n        pathType: null\n        backend: {resource: {apiGroup: x.y, kind: A, name: b}}\n`,
    ],
    [
      "v1beta1 with a defaultBackend",
      `${head("extensions/v1beta1")}spec:\n  defaultBackend: {serviceName: a, servicePort: 80}\n`,
    ],
    [
      "v1beta1 with a path that is null",
      `${head("extensions/v1beta1")}spec:\n  rules: [{http: {paths: [null]}}]\n`,
    ],
  ];
}
