import { expect, test } from "vitest";
import { compareIngresses } from "../../src/compare/compare-ingresses.ts";
import type { IngressObject } from "../../src/model/ingress.ts";
import { declared, identified, ingress } from "./support/ingress-yaml.ts";

const context = { ingressClasses: null };

function named(namespace: string, name: string, label = "same"): IngressObject {
  return ingress(`metadata: { namespace: ${namespace}, name: ${name}, labels: { team: ${label} } }`);
}

test("every Ingress of either side is there once, with its state, sorted by namespace and name", () => {
  const desired = [named("b", "changed", "git"), named("a", "missing"), named("b", "alike")];
  const live = [named("b", "changed", "live"), named("b", "alike"), named("a", "z-extra")];
  const compared = compareIngresses(desired.map(declared), live.map(identified), context);
  expect(compared.map(({ id, state }) => `${id.namespace}/${id.name} ${state}`)).toEqual([
    "a/missing missing",
    "a/z-extra extra",
    "b/alike in-sync",
    "b/changed changed",
  ]);
});

test("the same name in two namespaces is two objects", () => {
  const compared = compareIngresses([declared(named("a", "web"))], [identified(named("b", "web"))], context);
  expect(compared.map(({ state }) => state)).toEqual(["missing", "extra"]);
});

test("what is only recognised is in sync, and given beside it", () => {
  const live = ingress(
    `metadata: { labels: { kustomize.toolkit.fluxcd.io/name: a, kustomize.toolkit.fluxcd.io/namespace: b } }`,
  );
  const [compared] = compareIngresses([declared(ingress("{}"))], [identified(live)], context);
  expect(compared).toMatchObject({ state: "in-sync", divergences: [], recognised: [{}, {}] });
});

test("an object declared twice is compared twice", () => {
  const twice = [declared(named("a", "web", "one")), declared(named("a", "web"))];
  const compared = compareIngresses(twice, [identified(named("a", "web"))], context);
  expect(compared.map(({ state }) => state)).toEqual(["changed", "in-sync"]);
});

test("10,000 Ingresses on either side are compared, and all differ", () => {
  const side = (label: string) =>
    Array.from({ length: 10_000 }, (_, index) => named(`n${index % 100}`, `i${index}`, label));
  const [desired, live] = [side("git").map(declared), side("live").map(identified)];
  const compared = compareIngresses(desired, live, context);
  expect(compared.filter(({ divergences }) => divergences.length === 1)).toHaveLength(10_000);
}, 60_000);

test("one Ingress as large as the API server takes is compared, and all of it differs", () => {
  const rules = (service: string) =>
    Array.from({ length: 20_000 }, (_, index) => ({
      host: `h${index}.example.com`,
      http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: service } } }] },
    }));
  const [desired, live] = [ingress("{}"), ingress("{}")];
  const [compared] = compareIngresses(
    [declared({ ...desired, spec: { rules: rules("a") } })],
    [identified({ ...live, spec: { rules: rules("b").toReversed() } })],
    context,
  );
  expect(compared?.divergences).toHaveLength(20_001);
}, 60_000);
