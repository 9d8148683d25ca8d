import fc from "fast-check";
import type { IngressObject } from "../../../src/model/ingress.ts";
import type { Json } from "../../../src/model/json.ts";

// Few names, so that two Ingresses share some entries, lack others, and repeat a key now and then.
const host = fc.constantFrom("a.example.com", "b.example.com", "*.example.com", "");
const word = fc.constantFrom("api", "web", "admin");
const optional = { requiredKeys: [] };

const service = fc.record({
  name: word,
  port: fc.oneof(fc.record({ number: fc.constantFrom(80, 443) }), fc.record({ name: fc.constant("http") })),
});
const resource = fc.record(
  { apiGroup: fc.constantFrom("k8s.example.com", null), kind: fc.constant("Bucket"), name: word },
  { requiredKeys: ["kind", "name"] },
);
const backend = fc.oneof(fc.record({ service }), fc.record({ resource }));
const path = fc.record(
  {
    path: fc.constantFrom("/", "/api", "", '/"quoted"]#2'),
    pathType: fc.constantFrom("Prefix", "Exact", "ImplementationSpecific"),
    backend,
  },
  { requiredKeys: ["pathType", "backend"] },
);
const paths = fc.record({ paths: fc.array(path, { maxLength: 4 }) });
const rule = fc.record({ host, http: fc.oneof(paths, fc.constant(null)) }, optional);
const tls = fc.record(
  { hosts: fc.array(host, { maxLength: 3 }), secretName: fc.constantFrom("shop-tls", "other-tls", "") },
  optional,
);
const strings = fc.dictionary(
  fc.constantFrom(
    "team",
    "__proto__",
    "constructor",
    "nginx.ingress.kubernetes.io/rewrite-target",
    "odd key",
  ),
  fc.constantFrom("", "on", "{ return 403; }\n"),
);
const ownerReference = fc.record(
  {
    apiVersion: fc.constant("v1"),
    kind: fc.constantFrom("ConfigMap", "Secret"),
    name: word,
    uid: fc.constantFrom("1", "2", ""),
    controller: fc.boolean(),
  },
  { requiredKeys: ["apiVersion", "kind", "name"] },
);

/** Ingresses as the API server may hold them, with every field that the type has. */
export const arbitraryIngress: fc.Arbitrary<IngressObject> = fc
  .record({
    metadata: fc.record(
      {
        annotations: strings,
        labels: strings,
        finalizers: fc.array(fc.constantFrom("a.io/x", "a.io/y"), { maxLength: 3 }),
        ownerReferences: fc.array(ownerReference, { maxLength: 3 }),
      },
      optional,
    ),
    spec: fc.record(
      {
        ingressClassName: fc.constantFrom("nginx", "internal", null),
        defaultBackend: backend,
        rules: fc.array(rule, { maxLength: 4 }),
        tls: fc.array(tls, { maxLength: 3 }),
      },
      optional,
    ),
  })
  .map(({ metadata, spec }) => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "web", namespace: "shop", ...metadata },
    spec,
  }));

const names = ["metadata", "spec", "rules", "http", "paths", "tls", "hosts", "annotations", "labels", "host"];
const key = fc.oneof(fc.constantFrom(...names, "finalizers", "ownerReferences", "__proto__"), fc.string());

/** Any value that a YAML or JSON file may hold where an Ingress is expected, with an Ingress's field names in it. */
export const arbitraryJson: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, depthSize: "medium" },
    fc.constantFrom<Json>(null, true, 0, -0, Number.NaN, "", "text"),
    fc.string({ unit: "binary" }),
    fc.double(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 5 }),
  ),
})).value;

export const arbitraryOddIngress: fc.Arbitrary<IngressObject> = fc.record(
  { metadata: arbitraryJson, spec: arbitraryJson, status: arbitraryJson, extra: arbitraryJson },
  optional,
);
