import { describe, expect, test } from "vitest";
import { compareIngress } from "../../src/compare/compare-ingress.ts";
import { formatFieldPath } from "../../src/model/field-path.ts";
import { ingress } from "./support/ingress-yaml.ts";

function difference(desired: string, live: string) {
  const { divergences } = compareIngress(ingress(desired), ingress(live), { ingressClasses: null });
  return divergences.map(({ field, change }) => `${change} ${formatFieldPath(field)}`);
}

describe("equal", () => {
  test.each([
    [
      "no lists and empty lists",
      "spec: {}",
      "{ metadata: { annotations: {}, finalizers: [] }, spec: { rules: [], tls: null } }",
    ],
    ["no spec and an empty one", "{}", "spec: {}"],
    ["no host and an empty host", "spec: { rules: [{ http: null }] }", 'spec: { rules: [{ host: "" }] }'],
    ["a null rule and an empty rule", "spec: { rules: [null] }", "spec: { rules: [{}] }"],
    [
      "no path and an empty path",
      "spec: { rules: [{ http: { paths: [{ pathType: ImplementationSpecific }] } }] }",
      'spec: { rules: [{ http: { paths: [{ path: "", pathType: ImplementationSpecific, backend: {} }] } }] }',
    ],
    [
      "an unset half of a port and its zero value",
      "spec: { defaultBackend: { service: { name: web, port: { number: 80 } }, resource: null } }",
      'spec: { defaultBackend: { service: { name: web, port: { number: 80, name: "" } } } }',
    ],
    ["a null class and none", "spec: { ingressClassName: null }", "spec: {}"],
    [
      "a null apiGroup and none",
      "spec: { defaultBackend: { resource: { apiGroup: null, kind: Bucket, name: shop } } }",
      "spec: { defaultBackend: { resource: { kind: Bucket, name: shop } } }",
    ],
    [
      "tls hosts in another order",
      "spec: { tls: [{ hosts: [a.example.com, b.example.com] }] }",
      'spec: { tls: [{ secretName: "", hosts: [b.example.com, a.example.com] }] }',
    ],
    [
      "an owner repeated, which the API server drops",
      "metadata: { ownerReferences: [{ kind: ConfigMap, name: c, uid: 1a }, { uid: 1a, kind: ConfigMap, name: c }] }",
      "metadata: { ownerReferences: [{ kind: ConfigMap, name: c, uid: 1a }] }",
    ],
    [
      "a null annotation and an empty one",
      "metadata: { annotations: { a: null } }",
      'metadata: { annotations: { a: "" } }',
    ],
    [
      "what the server owns",
      "{ apiVersion: networking.k8s.io/v1beta1, metadata: { creationTimestamp: null }, status: { loadBalancer: {} } }",
      `{ metadata: { uid: 1a, resourceVersion: "7", generation: 2, creationTimestamp: 2026-01-01T00:00:00Z,
           managedFields: [{ manager: kubectl }], selfLink: /x,
           annotations: { kubectl.kubernetes.io/last-applied-configuration: "{}" } },
         status: { loadBalancer: { ingress: [{ ip: 192.0.2.1 }] } } }`,
    ],
  ])("%s", (_, desired, live) => {
    expect(difference(desired, live)).toEqual([]);
    expect(difference(live, desired)).toEqual([]);
  });
});

describe("different", () => {
  test.each([
    [
      "an empty annotation and none",
      "{}",
      'metadata: { annotations: { a: "" } }',
      'added metadata.annotations["a"]',
    ],
    ["an empty label and none", 'metadata: { labels: { a: "" } }', "{}", 'removed metadata.labels["a"]'],
    [
      "annotations that differ in white space",
      'metadata: { annotations: { a: "x" } }',
      'metadata: { annotations: { a: "x\\n" } }',
      'changed metadata.annotations["a"]',
    ],
    ["a rule that catches all and none", "{}", "spec: { rules: [{}] }", 'added spec.rules[host=""]'],
    [
      "a port by number and by name",
      "spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }",
      'spec: { defaultBackend: { service: { name: web, port: { number: "80" } } } }',
      "changed spec.defaultBackend.service.port.number",
    ],
    ["a field that only live has, known or not", "{}", "spec: { shard: { of: [1] } }", "added spec.shard"],
    [
      "unknown lists in another order",
      "spec: { shard: [1, 2] }",
      "spec: { shard: [2, 1] }",
      "changed spec.shard",
    ],
    ["a list and a value of the wrong type", "spec: { tls: [] }", "spec: { tls: none }", "changed spec.tls"],
    [
      "the same tls host twice",
      "spec: { tls: [{ hosts: [a.example.com] }] }",
      "spec: { tls: [{ hosts: [a.example.com, a.example.com] }] }",
      'added spec.tls[secretName=""].hosts["a.example.com"]#2',
    ],
    [
      "an empty default backend and none",
      "spec: { defaultBackend: {} }",
      "{}",
      "removed spec.defaultBackend",
    ],
  ])("%s", (_, desired, live, expected) => {
    expect(difference(desired, live)).toEqual([expected]);
  });
});

test("text nested too deep to be an Ingress is not walked", () => {
  const deep = (levels: number) => `spec: { shard: ${"[".repeat(levels)}${"]".repeat(levels)} }`;
  expect(difference(deep(200), deep(300))).toEqual([]);
  expect(difference(deep(20), deep(30))).toEqual(["changed spec.shard"]);
});
