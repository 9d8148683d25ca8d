import { describe, expect, test } from "vitest";
import { compareIngress } from "../../src/compare/compare-ingress.ts";
import { rawPathOf } from "../../src/compare/raw-path-of.ts";
import { formatFieldPath, parseFieldPath } from "../../src/model/field-path.ts";
import { ingress } from "./support/ingress-yaml.ts";

const desired = ingress(`
  metadata:
    annotations: { example.com/note: checked }
    labels: { team: shop }
    finalizers: [example.com/hold]
    ownerReferences: [{ apiVersion: v1, kind: ConfigMap, name: shop, uid: 1a, controller: true }]
  spec:
    ingressClassName: nginx
    defaultBackend: { service: { name: web, port: { number: 80 } } }
    rules:
      - host: shop.example.com
        http:
          paths:
            - { path: /, pathType: Prefix, backend: { service: { name: web, port: { name: http } } } }
            - { path: /api, pathType: Exact, backend: { resource: { kind: Bucket, name: api } } }
      - http: { paths: [{ pathType: ImplementationSpecific, backend: { service: { name: web, port: { number: 80 } } } }] }
      - host: shop.example.com
    tls:
      - { hosts: [shop.example.com, www.example.com], secretName: shop-tls }
`);
const shop = 'spec.rules[host="shop.example.com"]';
const everyField = [
  'metadata.annotations["example.com/note"]',
  'metadata.finalizers["example.com/hold"]',
  'metadata.labels["team"]',
  'metadata.ownerReferences[uid="1a"]',
  "spec.defaultBackend",
  "spec.ingressClassName",
  'spec.rules[host=""]',
  shop,
  `${shop}#2`,
  'spec.tls[secretName="shop-tls"]',
];

function path(text: string) {
  return parseFieldPath(text) ?? [];
}

function divergences(live: string) {
  return compareIngress(desired, ingress(live), { ingressClasses: null }).divergences;
}

test("everything that one side lacks is reported entry by entry, sorted by path", () => {
  expect(divergences("{}").map(({ field }) => formatFieldPath(field))).toEqual(everyField);
});

describe("an entry has its identifying fields, as one would write it", () => {
  const written = new Map(divergences("{}").map(({ field, desired }) => [formatFieldPath(field), desired]));
  test.each([
    [
      'metadata.ownerReferences[uid="1a"]',
      { uid: "1a", apiVersion: "v1", kind: "ConfigMap", name: "shop", controller: true },
    ],
    ['metadata.finalizers["example.com/hold"]', "example.com/hold"],
    [
      'spec.rules[host=""]',
      {
        http: {
          paths: [
            {
              pathType: "ImplementationSpecific",
              backend: { service: { name: "web", port: { number: 80 } } },
            },
          ],
        },
      },
    ],
    [`${shop}#2`, { host: "shop.example.com" }],
    [
      'spec.tls[secretName="shop-tls"]',
      { secretName: "shop-tls", hosts: ["shop.example.com", "www.example.com"] },
    ],
  ])("%s", (field, value) => {
    expect(written.get(field)).toEqual(value);
  });

  test("with the paths of a rule in the order in which it lists them", () => {
    expect(written.get(shop)).toMatchObject({ http: { paths: [{ path: "/" }, { path: "/api" }] } });
  });
});

test("a whole object that one side lacks is one divergence at the empty path, without the server's fields", () => {
  const live = ingress("{ metadata: { uid: 1a, labels: { team: shop } }, spec: {}, status: {} }");
  const value = { metadata: { labels: { team: "shop" } } };
  expect(compareIngress(null, live, { ingressClasses: null }).divergences).toEqual([
    { field: [], change: "added", desired: undefined, live: value },
  ]);
  expect(compareIngress(live, null, { ingressClasses: null }).divergences).toEqual([
    { field: [], change: "removed", desired: value, live: undefined },
  ]);
  expect(compareIngress(null, null, { ingressClasses: null }).divergences).toEqual([]);
});

describe("order", () => {
  const rules = (...hosts: readonly string[]) =>
    ingress(JSON.stringify({ spec: { rules: hosts.map((host) => ({ host })) } }));
  const reordered = (one: readonly string[], other: readonly string[]) =>
    compareIngress(rules(...one), rules(...other), { ingressClasses: null }).divergences.filter(
      ({ change }) => change === "reordered",
    );

  test("of the entries that both sides have is one divergence of the list", () => {
    expect(reordered(["a", "b", "c"], ["c", "x", "a"])).toEqual([
      {
        field: ["spec", "rules"],
        change: "reordered",
        desired: ['[host="a"]', '[host="c"]'],
        live: ['[host="c"]', '[host="a"]'],
      },
    ]);
  });

  test("is the same where entries came or went between those that both have", () => {
    expect(reordered(["a", "b", "c"], ["x", "a", "c", "y"])).toEqual([]);
  });
});

describe("the place in the object", () => {
  test.each([
    [
      `${shop}.http.paths[path="/api",pathType="Exact"].backend.resource.name`,
      ["spec", "rules", 0, "http", "paths", 1, "backend", "resource", "name"],
    ],
    [`${shop}#2`, ["spec", "rules", 2]],
    ['spec.rules[host=""].http', ["spec", "rules", 1, "http"]],
    ['spec.tls[secretName="shop-tls"].hosts["www.example.com"]', ["spec", "tls", 0, "hosts", 1]],
    ['metadata.annotations["example.com/note"]', ["metadata", "annotations", "example.com/note"]],
    ["", []],
  ])("of %s", (field, rawPath) => {
    expect(rawPathOf(desired, path(field))).toEqual(rawPath);
  });

  test.each([
    ['spec.rules[host="new.example.com"].http', ["spec", "rules"]],
    [`${shop}.http.paths[path="/new",pathType="Prefix"].backend`, ["spec", "rules", 0, "http", "paths"]],
    ['metadata.annotations["new"]', ["metadata", "annotations"]],
    ["spec.ingressClassName.odd", ["spec", "ingressClassName"]],
    ["metadata.constructor", ["metadata"]],
    ["status.loadBalancer", []],
  ])("of %s, which is missing, is its nearest ancestor", (field, rawPath) => {
    expect(rawPathOf(desired, path(field))).toEqual(rawPath);
  });
});
