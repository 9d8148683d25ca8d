import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareIngress } from "../../src/compare/compare-ingress.ts";
import { formatFieldPath } from "../../src/model/field-path.ts";
import type { IngressObject, LiveIngressClass } from "../../src/model/ingress.ts";
import { isJsonObject, type Json } from "../../src/model/json.ts";
import { startCluster } from "../support/cluster/start-cluster.ts";
import type { TestCluster } from "../support/cluster/test-cluster.ts";
import { arbitraryAcceptedIngress } from "./support/arbitrary-ingress.ts";
import { ingress } from "./support/ingress-yaml.ts";

const INGRESSES = "/apis/networking.k8s.io/v1/namespaces/shop/ingresses";
const CLASSES = "/apis/networking.k8s.io/v1/ingressclasses";
const nginx: LiveIngressClass = { name: "nginx", isDefault: true, controller: "k8s.io/ingress-nginx" };
let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startCluster();
  await cluster.createNamespace("shop");
  await cluster.request("admin", "POST", CLASSES, {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name: "nginx", annotations: { "ingressclass.kubernetes.io/is-default-class": "true" } },
    spec: { controller: "k8s.io/ingress-nginx" },
  });
});

afterAll(async () => {
  await cluster.stop();
});

function named(object: IngressObject, name: string): IngressObject {
  return { ...object, metadata: { ...(isJsonObject(object.metadata) ? object.metadata : {}), name } };
}

async function liveObject(name: string): Promise<IngressObject> {
  const { body } = await cluster.request("auditor", "GET", `${INGRESSES}/${name}`);
  return isJsonObject(body) ? body : {};
}

function found(desired: IngressObject, live: Json) {
  const object = isJsonObject(live) ? live : {};
  const { divergences, recognised } = compareIngress(desired, object, { ingressClasses: [nginx] });
  return {
    divergences: divergences.map(({ field, change }) => `${change} ${formatFieldPath(field)}`),
    rules: recognised.map(({ rule }) => rule),
  };
}

describe("applied unchanged, a manifest shows no divergence", () => {
  const path = "{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }";
  const manifests = [
    [
      "every field",
      `
      metadata: { annotations: { a: "", b: "x\\n" }, labels: { team: shop, empty: "" }, finalizers: [example.com/hold] }
      spec:
        ingressClassName: nginx
        defaultBackend: { resource: { apiGroup: k8s.example.com, kind: Bucket, name: shop } }
        rules:
          - { host: a.example.com, http: { paths: [${path}, { pathType: ImplementationSpecific, backend: { resource: { kind: Bucket, name: shop } } }] } }
          - { host: "*.example.com" }
        tls: [{ hosts: [b.example.com, a.example.com], secretName: shop-tls }, { secretName: other }]`,
    ],
    [
      "empty values",
      `
      metadata: { annotations: {}, labels: null, finalizers: [], ownerReferences: [], generateName: "", creationTimestamp: null }
      spec:
        ingressClassName: null
        defaultBackend: null
        tls: [{ hosts: [], secretName: "" }, {}]
        rules:
          - { host: "", http: { paths: [{ path: "", pathType: ImplementationSpecific, backend: { resource: null, service: { name: web, port: { name: "", number: 80 } } } }] } }
          - { host: a.example.com, http: null }
          - {}
      status: { loadBalancer: {} }`,
    ],
    [
      "keys that repeat",
      `
      spec:
        rules: [{ host: a.example.com, http: { paths: [${path}, ${path}] } }, { host: a.example.com }, { host: a.example.com }]
        tls: [{ hosts: [a.example.com, a.example.com] }, { hosts: [b.example.com] }]`,
    ],
    [
      "the class as an annotation",
      `
      metadata: { annotations: { kubernetes.io/ingress.class: "" } }
      spec: { rules: [{ http: { paths: [${path}] } }] }`,
    ],
  ] as const;

  const ways: readonly (readonly [string, (object: IngressObject) => Promise<unknown>])[] = [
    ["kubectl create", (object) => kubectl(["create"], object)],
    ["kubectl apply", (object) => kubectl(["apply"], object)],
    [
      "kubectl apply, again",
      async (object) => {
        await kubectl(["apply"], object);
        await kubectl(["apply"], object);
      },
    ],
    ["kubectl apply --server-side", (object) => kubectl(["apply", "--server-side"], object)],
    [
      "kubectl replace",
      async (object) => {
        await kubectl(["create"], ingress("{ spec: { rules: [{ host: old.example.com }] } }"), object);
        await kubectl(["replace"], object);
      },
    ],
  ];

  async function kubectl(args: readonly string[], object: IngressObject, as = object): Promise<void> {
    const { name } = isJsonObject(as.metadata) ? as.metadata : {};
    const stdin = JSON.stringify(named(object, String(name)));
    await cluster.kubectl("ci-deployer", [...args, "-f", "-"], { stdin });
  }

  test.each(manifests.flatMap(([what, text]) => ways.map(([how, write]) => ({ what, how, text, write }))))(
    "$what, by $how",
    async ({ what, how, text, write }) => {
      const name = `${what}-${how}`.toLowerCase().replaceAll(/[^a-z]+/g, "-");
      const desired = named(ingress(text), name);
      await write(desired);
      const { divergences, rules } = found(desired, await liveObject(name));
      expect(divergences).toEqual([]);
      expect(rules.filter((rule) => rule !== "default-ingress-class")).toEqual([]);
    },
  );
});

test("whatever the API server takes, it gives back without a divergence", async () => {
  const samples = fc.sample(arbitraryAcceptedIngress, { numRuns: 300, seed: 7 });
  for (const [index, sample] of samples.entries()) {
    const desired = named(sample, `sample-${index}`);
    const { status, body } = await cluster.request("admin", "POST", INGRESSES, desired);
    expect(status, JSON.stringify(body)).toBe(201);
    expect(found(desired, body).divergences, JSON.stringify(desired)).toEqual([]);
  }
});

test("a field that Ingress does not define is dropped, and named by its rule", async () => {
  const desired = named(
    ingress("{ metadata: { note: 1 }, spec: { shard: 3, rules: [{ host: a.example.com }] } }"),
    "undefined",
  );
  const { body } = await cluster.request("admin", "POST", INGRESSES, desired);
  expect(found(desired, body)).toEqual({
    divergences: [],
    rules: ["undefined-field-dropped", "default-ingress-class", "undefined-field-dropped"],
  });
});
