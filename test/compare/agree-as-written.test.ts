import fc from "fast-check";
import { expect, test } from "vitest";
import { agreeAsWritten } from "../../src/compare/agree-as-written.ts";
import { keyIngress } from "../../src/compare/key-ingress.ts";
import { isJsonObject, type Json, sameJson } from "../../src/model/json.ts";
import { arbitraryIngress, arbitraryOddIngress } from "./support/arbitrary-ingress.ts";

const anyIngress = fc.oneof(arbitraryIngress, arbitraryOddIngress);

const WEB = {
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "web", namespace: "shop", annotations: { a: "1" }, labels: { b: "2" } },
  spec: { rules: [{ host: "a.example.com" }], tls: [{ hosts: ["a.example.com"] }] },
};

test("what the server adds, and its record of the last apply, are no disagreement", () => {
  const live = {
    ...WEB,
    metadata: {
      ...WEB.metadata,
      uid: "3f0e",
      resourceVersion: "7",
      generation: 1,
      creationTimestamp: "2026-01-01T00:00:00Z",
      managedFields: [{ manager: "kubectl" }],
      annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}", a: "1" },
    },
    status: { loadBalancer: {} },
  };
  expect(agreeAsWritten(WEB, live)).toBe(true);
  expect(agreeAsWritten(live, WEB)).toBe(true);
});

test.each<[string, Json]>([
  ["an annotation more", { ...WEB, metadata: { ...WEB.metadata, annotations: { a: "1", c: "3" } } }],
  ["another annotation", { ...WEB, metadata: { ...WEB.metadata, annotations: { c: "1" } } }],
  ["a finalizer", { ...WEB, metadata: { ...WEB.metadata, finalizers: ["x.example.com/y"] } }],
  ["no labels", { ...WEB, metadata: { name: "web", namespace: "shop", annotations: { a: "1" } } }],
  ["another host", { ...WEB, spec: { ...WEB.spec, rules: [{ host: "b.example.com" }] } }],
  ["a field that Ingress does not have", { ...WEB, more: 1 }],
  ["no spec", { ...WEB, spec: undefined as unknown as Json }],
])("%s is left to the comparison by keys", (_, other) => {
  const live = isJsonObject(other) ? other : {};
  expect(agreeAsWritten(WEB, live)).toBe(false);
  expect(agreeAsWritten(live, WEB)).toBe(false);
});

test("what agrees as written has the same keyed form", () => {
  const pairs = fc.oneof(
    fc.tuple(anyIngress, anyIngress),
    anyIngress.map((ingress) => [ingress, withKeysReversed(ingress)] as const),
  );
  let agreeing = 0;
  fc.assert(
    fc.property(pairs, ([left, right]) => {
      if (!agreeAsWritten(left, isJsonObject(right) ? right : {})) return;
      agreeing += 1;
      expect(sameJson(keyIngress(left).fields, keyIngress(right as typeof left).fields)).toBe(true);
      expect(keyIngress(right as typeof left).order).toEqual(keyIngress(left).order);
    }),
    { numRuns: 1000 },
  );
  expect(agreeing).toBeGreaterThan(300);
});

function withKeysReversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(withKeysReversed);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).toReversed();
  return Object.fromEntries(entries.map(([name, each]) => [name, withKeysReversed(each)]));
}
