import fc from "fast-check";
import type { IngressObject } from "../../../src/model/ingress.ts";
import { isJsonObject, type Json } from "../../../src/model/json.ts";

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

/** What the API server takes, or what it may be given as well. */
interface Vocabulary {
  readonly key: fc.Arbitrary<string>;
  readonly tlsHost: fc.Arbitrary<string>;
  readonly uid: fc.Arbitrary<string>;
  readonly fewestPaths: number;
}

function ingresses({ key, tlsHost, uid, fewestPaths }: Vocabulary): fc.Arbitrary<IngressObject> {
  const path = fc.record(
    {
      path: fc.constantFrom("/", "/api", '/"quoted"]#2', ""),
      pathType:
        fewestPaths === 0 ? fc.constantFrom("Prefix", "Exact") : fc.constant("ImplementationSpecific"),
      backend,
    },
    { requiredKeys: ["pathType", "backend"] },
  );
  const paths = fc.record({ paths: fc.array(path, { minLength: fewestPaths, maxLength: 4 }) });
  const rule = fc.record({ host, http: fc.oneof(paths, fc.constant(null)) }, optional);
  const tls = fc.record(
    {
      hosts: fc.array(tlsHost, { maxLength: 3 }),
      secretName: fc.constantFrom("shop-tls", "other-tls", ""),
    },
    optional,
  );
  const ownerReference = fc.record(
    {
      apiVersion: fc.constant("v1"),
      kind: fc.constantFrom("ConfigMap", "Secret"),
      name: word,
      uid,
      controller: fc.constant(false),
    },
    { requiredKeys: fewestPaths === 0 ? ["kind", "name"] : ["apiVersion", "kind", "name", "uid"] },
  );
  const metadata = fc.record(
    {
      annotations: fc.dictionary(key, fc.constantFrom("", "on", "{ return 403; }\n")),
      labels: fc.dictionary(key, fc.constantFrom("", "on")),
      finalizers: fc.array(fc.constantFrom("a.io/x", "a.io/y"), { maxLength: 3 }),
      ownerReferences: fc.array(ownerReference, { maxLength: 3 }),
    },
    optional,
  );
  const spec = fc.record(
    {
      ingressClassName: fc.constantFrom("nginx", "internal", null),
      defaultBackend: backend,
      rules: fc.array(rule, { minLength: fewestPaths, maxLength: 4 }),
      tls: fc.array(tls, { maxLength: 3 }),
    },
    { requiredKeys: fewestPaths === 0 ? [] : ["rules"] },
  );
  return fc.record({ metadata, spec }).map((fields) => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "web", namespace: "shop", ...fields.metadata },
    spec: fields.spec,
  }));
}

/** Ingresses with every field that the type has, some of which the API server would refuse. */
export const arbitraryIngress = ingresses({
  key: fc.constantFrom("team", "__proto__", "constructor", "example.com/note", "odd key"),
  tlsHost: host,
  uid: fc.constantFrom("1", "2", ""),
  fewestPaths: 0,
});

/** Ingresses that the API server takes. */
export const arbitraryAcceptedIngress = ingresses({
  key: fc.constantFrom("team", "constructor", "example.com/note", "nginx.ingress.kubernetes.io/app-root"),
  tlsHost: fc.constantFrom("a.example.com", "b.example.com", "*.example.com"),
  uid: fc.constantFrom("1", "2"),
  fewestPaths: 1,
});

/** Likewise, and no list has two entries with the same key. */
export const arbitraryDistinctIngress: fc.Arbitrary<IngressObject> = arbitraryAcceptedIngress.map(
  (object) => distinct(object) as IngressObject,
);

function distinct(value: Json): Json {
  if (Array.isArray(value))
    return [...new Map(value.map((entry) => [keyOf(entry), distinct(entry)])).values()];
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, distinct(each)]));
}

function keyOf(entry: Json): string {
  if (!isJsonObject(entry)) return String(entry);
  return String(entry.uid ?? entry.path ?? entry.host ?? entry.secretName ?? "");
}

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
