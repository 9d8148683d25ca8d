import type { Json, JsonObject } from "../../../src/model/json.ts";

/** Something that is put into a live Ingress beside what Git declares. */
export interface Injection {
  /** The Ingress's name too. */
  readonly name: string;
  /** Git's spec. */
  readonly spec: JsonObject;
  readonly annotations?: JsonObject;
  /** kubectl's arguments, before `ingress/NAME`: what the intruder runs. */
  readonly run: (name: string) => readonly string[];
  /** What the report says of it. */
  readonly field: string;
  readonly live: Json;
  /** Whether `kubectl diff` sees it: it does inside of lists that Git names, which it compares as one value. */
  readonly seenByKubectlDiff: boolean;
}

export const SNIPPET = "nginx.ingress.kubernetes.io/server-snippet";

const backend = { service: { name: "web", port: { number: 80 } } };
const evil = { service: { name: "evil", port: { number: 8080 } } };
const path = { path: "/", pathType: "Prefix", backend };
const evilPath = { path: "/admin", pathType: "Prefix", backend: evil };
const onlyBackend = { defaultBackend: backend };
const onlyRules = { rules: [{ host: "shop.example.com", http: { paths: [path] } }] };
const withTls = { ...onlyRules, tls: [{ hosts: ["shop.example.com"], secretName: "shop-tls" }] };
const owner = {
  apiVersion: "v1",
  kind: "ConfigMap",
  name: "evil",
  uid: "00000000-0000-4000-8000-000000000001",
};
const evilRule = { host: "evil.example.com", http: { paths: [evilPath] } };
const invisible = { seenByKubectlDiff: false } as const;

export const INJECTIONS: readonly Injection[] = [
  {
    name: "annotation",
    spec: onlyRules,
    run: (name) => ["annotate", `ingress/${name}`, `${SNIPPET}=return 200;`],
    field: `metadata.annotations["${SNIPPET}"]`,
    live: "return 200;",
    ...invisible,
  },
  {
    name: "empty-annotation",
    spec: onlyRules,
    run: (name) => ["annotate", `ingress/${name}`, "nginx.ingress.kubernetes.io/whitelist-source-range="],
    field: 'metadata.annotations["nginx.ingress.kubernetes.io/whitelist-source-range"]',
    live: "",
    ...invisible,
  },
  {
    name: "annotation-beside",
    spec: onlyRules,
    annotations: { "example.com/known": "yes" },
    run: (name) => ["annotate", `ingress/${name}`, "nginx.ingress.kubernetes.io/ssl-redirect=false"],
    field: 'metadata.annotations["nginx.ingress.kubernetes.io/ssl-redirect"]',
    live: "false",
    ...invisible,
  },
  {
    name: "class-annotation",
    spec: onlyRules,
    run: (name) => ["annotate", `ingress/${name}`, "kubernetes.io/ingress.class=internal"],
    field: 'metadata.annotations["kubernetes.io/ingress.class"]',
    live: "internal",
    ...invisible,
  },
  {
    name: "label",
    spec: onlyRules,
    run: (name) => ["label", `ingress/${name}`, "example.com/select=me"],
    field: 'metadata.labels["example.com/select"]',
    live: "me",
    ...invisible,
  },
  {
    name: "flux-switched-off",
    spec: onlyRules,
    run: (name) => ["annotate", `ingress/${name}`, "kustomize.toolkit.fluxcd.io/reconcile=disabled"],
    field: 'metadata.annotations["kustomize.toolkit.fluxcd.io/reconcile"]',
    live: "disabled",
    ...invisible,
  },
  {
    name: "first-rule",
    spec: onlyBackend,
    run: (name) => merge(name, { spec: { rules: [evilRule] } }),
    field: 'spec.rules[host="evil.example.com"]',
    live: evilRule,
    ...invisible,
  },
  {
    name: "further-rule",
    spec: onlyRules,
    run: (name) => json(name, { op: "add", path: "/spec/rules/-", value: evilRule }),
    field: 'spec.rules[host="evil.example.com"]',
    live: evilRule,
    seenByKubectlDiff: true,
  },
  {
    name: "empty-rule",
    spec: onlyBackend,
    run: (name) => merge(name, { spec: { rules: [{}] } }),
    field: 'spec.rules[host=""]',
    live: {},
    ...invisible,
  },
  {
    name: "further-path",
    spec: onlyRules,
    run: (name) => json(name, { op: "add", path: "/spec/rules/0/http/paths/-", value: evilPath }),
    field: 'spec.rules[host="shop.example.com"].http.paths[path="/admin",pathType="Prefix"]',
    live: evilPath,
    seenByKubectlDiff: true,
  },
  {
    name: "first-tls",
    spec: onlyRules,
    run: (name) => merge(name, { spec: { tls: [{ hosts: ["evil.example.com"], secretName: "evil" }] } }),
    field: 'spec.tls[secretName="evil"]',
    live: { hosts: ["evil.example.com"], secretName: "evil" },
    ...invisible,
  },
  {
    name: "further-tls",
    spec: withTls,
    run: (name) => json(name, { op: "add", path: "/spec/tls/-", value: { secretName: "evil" } }),
    field: 'spec.tls[secretName="evil"]',
    live: { secretName: "evil" },
    seenByKubectlDiff: true,
  },
  {
    name: "tls-host",
    spec: withTls,
    run: (name) => json(name, { op: "add", path: "/spec/tls/0/hosts/-", value: "evil.example.com" }),
    field: 'spec.tls[secretName="shop-tls"].hosts["evil.example.com"]',
    live: "evil.example.com",
    seenByKubectlDiff: true,
  },
  {
    name: "default-backend",
    spec: onlyRules,
    run: (name) => merge(name, { spec: { defaultBackend: evil } }),
    field: "spec.defaultBackend",
    live: evil,
    ...invisible,
  },
  {
    name: "class",
    spec: onlyRules,
    run: (name) => merge(name, { spec: { ingressClassName: "internal" } }),
    field: "spec.ingressClassName",
    live: "internal",
    ...invisible,
  },
  {
    name: "default-class",
    spec: onlyRules,
    run: (name) => merge(name, { spec: { ingressClassName: "default-class" } }),
    field: "spec.ingressClassName",
    live: "default-class",
    ...invisible,
  },
  {
    name: "finalizer",
    spec: onlyRules,
    run: (name) => merge(name, { metadata: { finalizers: ["example.com/hold"] } }),
    field: 'metadata.finalizers["example.com/hold"]',
    live: "example.com/hold",
    ...invisible,
  },
  {
    name: "owner",
    spec: onlyRules,
    run: (name) => merge(name, { metadata: { ownerReferences: [owner] } }),
    field: `metadata.ownerReferences[uid="${owner.uid}"]`,
    live: owner,
    ...invisible,
  },
];

/** The same through the status subresource, which takes metadata and no spec. */
export const STATUS_INJECTIONS: readonly Injection[] = [
  status(
    "annotation",
    { annotations: { [SNIPPET]: "return 200;" } },
    `annotations["${SNIPPET}"]`,
    "return 200;",
  ),
  status("label", { labels: { "example.com/select": "me" } }, 'labels["example.com/select"]', "me"),
  status(
    "finalizer",
    { finalizers: ["example.com/hold"] },
    'finalizers["example.com/hold"]',
    "example.com/hold",
  ),
  status("owner", { ownerReferences: [owner] }, `ownerReferences[uid="${owner.uid}"]`, owner),
];

function status(name: string, metadata: JsonObject, field: string, live: Json): Injection {
  return {
    name: `${name}-by-status`,
    spec: onlyRules,
    run: (target) => [...merge(target, { metadata }), "--subresource=status"],
    field: `metadata.${field}`,
    live,
    ...invisible,
  };
}

function merge(name: string, patch: JsonObject): readonly string[] {
  return ["patch", `ingress/${name}`, "--type=merge", "--patch", JSON.stringify(patch)];
}

function json(name: string, ...operations: readonly JsonObject[]): readonly string[] {
  return ["patch", `ingress/${name}`, "--type=json", "--patch", JSON.stringify(operations)];
}
