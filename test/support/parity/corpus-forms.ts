import { applied, type CorpusEntry } from "./corpus-entry.ts";

const backend = { service: { name: "web", port: { number: 80 } } };
const type = { apiVersion: "networking.k8s.io/v1", kind: "Ingress" };
const named = (name: string) => ({ name, namespace: "NAMESPACE" });
const object = (name: string) => ({ ...type, metadata: named(name), spec: { defaultBackend: backend } });

const yaml = (name: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: NAMESPACE
  annotations:
    note: "a: b"
spec:
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`;

const MULTI_DOCUMENT = `# a comment before everything
---
${yaml("multi-first")}--- # the second
${yaml("multi-second")}---
# nothing but a comment
---

---
apiVersion: v1
kind: ConfigMap
metadata:
  name: beside
  namespace: NAMESPACE
data:
  kind: Ingress
---
${yaml("multi-third")}`;

const LIST = `apiVersion: v1
kind: List
metadata:
  resourceVersion: ""
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: { name: in-list, namespace: NAMESPACE }
- ${yaml("list-first").trimEnd().replaceAll("\n", "\n  ")}
- ${yaml("list-second").trimEnd().replaceAll("\n", "\n  ")}
`;

const ANCHORS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: &name anchors
  namespace: NAMESPACE
  labels: &labels { app: *name }
  annotations:
    <<: *labels
    more: 'it''s'
spec:
  rules:
  - host: a.example.com
    http: &http
      paths:
      - &path { path: /, pathType: Prefix, backend: { service: { name: *name, port: { number: 80 } } } }
      - { <<: *path, path: /api }
  - host: b.example.com
    http: *http
`;

const EXPORTED = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  creationTimestamp: null
  name: exported
  namespace: NAMESPACE
spec:
  defaultBackend: { service: { name: web, port: { number: 80 } } }
status:
  loadBalancer:
    ingress:
    - ip: 192.0.2.7
`;

const FLOW = `{apiVersion: networking.k8s.io/v1, "kind": 'Ingress', metadata: {namespace: NAMESPACE, name: flow, # why
  labels: {a: b, },}, spec: {tls: [{hosts: [a.example.com,], },],
  defaultBackend: {service: {port: {number: 80}, name: web}}}}`;

function converted(file: string, committed: string, v1: string): CorpusEntry {
  return { ...applied(file, committed), applied: v1 };
}

const V1BETA1 = `apiVersion: networking.k8s.io/v1beta1
kind: Ingress
metadata: { name: v1beta1, namespace: NAMESPACE, annotations: { kubernetes.io/ingress.class: nginx } }
spec:
  backend: { serviceName: web, servicePort: 80 }
  tls: [{ hosts: [a.example.com], secretName: shop-tls }]
  rules:
  - host: a.example.com
    http:
      paths:
      - { backend: { serviceName: api, servicePort: http } }
      - { path: /v1, pathType: Prefix, backend: { serviceName: api, servicePort: 8080 } }
      - { path: /assets, backend: { resource: { apiGroup: k8s.example.com, kind: Bucket, name: assets } } }
`;

const FROM_V1BETA1 = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: v1beta1, namespace: NAMESPACE, annotations: { kubernetes.io/ingress.class: nginx } }
spec:
  defaultBackend: { service: { name: web, port: { number: 80 } } }
  tls: [{ hosts: [a.example.com], secretName: shop-tls }]
  rules:
  - host: a.example.com
    http:
      paths:
      - { pathType: ImplementationSpecific, backend: { service: { name: api, port: { name: http } } } }
      - { path: /v1, pathType: Prefix, backend: { service: { name: api, port: { number: 8080 } } } }
      - path: /assets
        pathType: ImplementationSpecific
        backend: { resource: { apiGroup: k8s.example.com, kind: Bucket, name: assets } }
`;

const EXTENSIONS = `apiVersion: extensions/v1beta1
kind: Ingress
metadata:
  name: extensions
  namespace: NAMESPACE
spec:
  rules:
  - http:
      paths:
      - path: /
        backend: { serviceName: web, servicePort: "https" }
`;

const FROM_EXTENSIONS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: extensions
  namespace: NAMESPACE
spec:
  rules:
  - http:
      paths:
      - path: /
        pathType: ImplementationSpecific
        backend: { service: { name: web, port: { name: https } } }
`;

export const FORM_ENTRIES: readonly CorpusEntry[] = [
  applied("short-extension.yml", yaml("short-extension")),
  applied("no-namespace.yaml", yaml("no-namespace").replace("  namespace: NAMESPACE\n", "")),
  applied("empty-namespace.yaml", yaml("empty-namespace").replace("NAMESPACE", '""')),
  applied("multi-document.yaml", MULTI_DOCUMENT),
  applied("list.yaml", LIST),
  applied(
    "ingress-list.yaml",
    JSON.stringify({ apiVersion: type.apiVersion, kind: "IngressList", items: [object("in-ingress-list")] }),
  ),
  applied("json.json", JSON.stringify(object("json"), null, "\t")),
  applied("json-in-yaml.yaml", JSON.stringify(object("json-in-yaml"))),
  applied("json-twice.json", `${JSON.stringify(object("json-1"))}\n${JSON.stringify(object("json-2"))}`),
  applied(
    "json-escapes.json",
    `{"apiVersion":"networking.k8s.io\\/v1","kind":"Ingress","metadata":{"name":"json-escapes","namespace":"NAMESPACE","annotations":{"a":"\\u00e9\\ud83d\\ude00\\t\\/"}},"spec":{"defaultBackend":{"service":{"name":"web","port":{"number":8e1}}}}}`,
  ),
  applied("anchors.yaml", ANCHORS),
  applied("flow.yaml", FLOW),
  applied("exported.yaml", EXPORTED),
  applied("line-ends.yaml", yaml("line-ends").replaceAll("\n", "\r\n")),
  applied("byte-order-mark.yaml", `\ufeff${yaml("byte-order-mark")}`),
  applied("no-final-break.yaml", yaml("no-final-break").trimEnd()),
  applied("document-end.yaml", `---\n${yaml("document-end")}...\n`),
  converted("v1beta1.yaml", V1BETA1, FROM_V1BETA1),
  converted("extensions.yaml", EXTENSIONS, FROM_EXTENSIONS),
];
