import { BACKEND, type CorpusEntry, ingress } from "./corpus-entry.ts";

const SERVICE = "backend: { service: { name: web, port: { number: 80 } } }";
const PATHS = `http: { paths: [{ path: /, pathType: Prefix, ${SERVICE} }] }`;

const backends: readonly CorpusEntry[] = [
  ingress("backend-number", BACKEND),
  ingress("backend-named-port", "defaultBackend: { service: { name: web, port: { name: http } } }\n"),
  ingress(
    "port-with-empty-name",
    'defaultBackend: { service: { name: web, port: { number: 80, name: "" } } }\n',
  ),
  ingress(
    "port-with-zero-number",
    "defaultBackend: { service: { name: web, port: { number: 0, name: http } } }\n",
  ),
  ingress("port-in-hex", "defaultBackend: { service: { name: web, port: { number: 0x50 } } }\n"),
  ingress("port-in-octal", "defaultBackend: { service: { name: web, port: { number: 0120 } } }\n"),
  ingress("port-with-underscore", "defaultBackend: { service: { name: web, port: { number: 8_080 } } }\n"),
  ingress(
    "resource-backend",
    "defaultBackend: { resource: { apiGroup: k8s.example.com, kind: Bucket, name: assets } }\n",
  ),
  ingress("resource-of-no-group", "defaultBackend: { resource: { kind: Bucket, name: assets } }\n"),
  ingress(
    "resource-of-null-group",
    "defaultBackend: { service: null, resource: { apiGroup: null, kind: Bucket, name: assets } }\n",
  ),
  ingress(
    "resource-in-a-path",
    `${BACKEND}rules:
- http:
    paths:
    - path: /assets
      pathType: Exact
      backend: { resource: { apiGroup: k8s.example.com, kind: Bucket, name: assets } }
`,
  ),
];

const rules: readonly CorpusEntry[] = [
  ingress(
    "ordinary",
    `ingressClassName: nginx
tls:
- hosts: [shop.example.com, www.example.com]
  secretName: shop-tls
rules:
- host: shop.example.com
  http:
    paths:
    - path: /
      pathType: Prefix
      backend: { service: { name: web, port: { number: 80 } } }
    - path: /api
      pathType: Exact
      backend: { service: { name: api, port: { name: http } } }
- host: www.example.com
  http: { paths: [{ path: /, pathType: Prefix, ${SERVICE} }] }
`,
  ),
  ingress("no-host", `rules:\n- ${PATHS}\n`),
  ingress("empty-host", `rules:\n- host: ""\n  ${PATHS}\n`),
  ingress("null-host", `rules:\n- host: null\n  ${PATHS}\n`),
  ingress("wildcard-host", `rules:\n- host: "*.example.com"\n  ${PATHS}\n`),
  ingress(
    "duplicate-hosts",
    `rules:\n- host: a.example.com\n  ${PATHS}\n- host: a.example.com\n  ${PATHS}\n`,
  ),
  ingress(
    "duplicate-paths",
    `rules:
- http:
    paths:
    - { path: /, pathType: Prefix, ${SERVICE} }
    - { path: /, pathType: Prefix, backend: { service: { name: second, port: { number: 80 } } } }
    - { path: /, pathType: Exact, ${SERVICE} }
`,
  ),
  ingress("rule-without-http", "rules: [{ host: a.example.com }]\n"),
  ingress("rule-with-null-http", "rules: [{ host: a.example.com, http: null }]\n"),
  ingress("empty-rule", `${BACKEND}rules: [{}]\n`),
  ingress("empty-rules", `${BACKEND}rules: []\ntls: []\n`),
  ingress("null-rules", `${BACKEND}rules: null\ntls: null\ningressClassName: null\n`),
  ingress("no-path", `rules: [{ http: { paths: [{ pathType: ImplementationSpecific, ${SERVICE} }] } }]\n`),
  ingress(
    "empty-path",
    `rules: [{ http: { paths: [{ path: "", pathType: ImplementationSpecific, ${SERVICE} }] } }]\n`,
  ),
  ingress(
    "null-path",
    `rules: [{ http: { paths: [{ path: null, pathType: ImplementationSpecific, ${SERVICE} }] } }]\n`,
  ),
  ingress(
    "odd-paths",
    `rules:
- http:
    paths:
    - { path: '/api(/|$)(.*)', pathType: ImplementationSpecific, ${SERVICE} }
    - { path: '/a"b\\c]#2', pathType: ImplementationSpecific, ${SERVICE} }
    - { path: "/line\\nbreak", pathType: ImplementationSpecific, ${SERVICE} }
    - { path: /größe/日本, pathType: Prefix, ${SERVICE} }
    - { path: "/a b", pathType: Exact, ${SERVICE} }
`,
  ),
  ingress(
    "many-rules",
    `rules:\n${Array.from({ length: 60 }, (_, at) => `- host: h${at}.example.com\n  ${PATHS}\n`).join("")}`,
  ),
];

const tls = (name: string, entries: string) => ingress(name, `${BACKEND}tls: ${entries}\n`);

const encrypted: readonly CorpusEntry[] = [
  tls("tls-without-secret", "[{ hosts: [a.example.com] }]"),
  tls("tls-with-empty-secret", '[{ hosts: [a.example.com], secretName: "" }]'),
  tls("tls-without-hosts", "[{ secretName: shop-tls }]"),
  tls("tls-with-empty-hosts", "[{ hosts: [], secretName: shop-tls }]"),
  tls("tls-with-null-hosts", "[{ hosts: null, secretName: null }]"),
  tls("tls-empty-entry", "[{}]"),
  tls("tls-empty-entries", "[{}, { secretName: shop-tls }, {}]"),
  tls("tls-secret-twice", "[{ secretName: shop-tls, hosts: [a.example.com] }, { secretName: shop-tls }]"),
  tls("tls-host-twice", "[{ hosts: [b.example.com, a.example.com, b.example.com] }]"),
  tls("tls-wildcard", "[{ hosts: ['*.example.com'], secretName: wild }]"),
];

const classes: readonly CorpusEntry[] = [
  ingress("class-annotation", BACKEND, "annotations: { kubernetes.io/ingress.class: nginx }\n"),
  ingress("empty-class-annotation", BACKEND, 'annotations: { kubernetes.io/ingress.class: "" }\n'),
  ingress(
    "class-twice",
    `${BACKEND}ingressClassName: nginx\n`,
    "annotations: { kubernetes.io/ingress.class: nginx }\n",
  ),
  ingress("own-class", `${BACKEND}ingressClassName: other\n`),
];

export const SPEC_ENTRIES = [...backends, ...rules, ...encrypted, ...classes];
