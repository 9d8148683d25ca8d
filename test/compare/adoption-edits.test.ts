import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adoptionSteps } from "../../src/compare/adoption-edits.ts";
import { compareIngress } from "../../src/compare/compare-ingress.ts";
import { formatFieldPath } from "../../src/model/field-path.ts";
import type { IngressObject } from "../../src/model/ingress.ts";
import { arbitraryDistinctIngress } from "./support/arbitrary-ingress.ts";
import { ingress } from "./support/ingress-yaml.ts";

const differences = (desired: IngressObject, live: IngressObject) =>
  compareIngress(desired, live, { ingressClasses: null }).divergences;

function adopted(desired: IngressObject, live: IngressObject, chosen = differences(desired, live)) {
  return adoptionSteps(desired, live, chosen).at(-1)?.object ?? desired;
}

describe("whatever differs", () => {
  test("nothing does after all of it is adopted", () => {
    fc.assert(
      fc.property(arbitraryDistinctIngress, arbitraryDistinctIngress, (desired, live) => {
        expect(differences(adopted(desired, live), live)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("what is not chosen goes on differing, and nothing else does", () => {
    fc.assert(
      fc.property(
        arbitraryDistinctIngress,
        arbitraryDistinctIngress,
        fc.infiniteStream(fc.boolean()),
        (desired, live, coin) => {
          const all = differences(desired, live).filter(({ change }) => change !== "reordered");
          // A backend is a Service or a resource, a port a name or a number: half of one is no Ingress.
          const groups = Map.groupBy(all, ({ field }) => formatFieldPath(field).replace(/ackend\..*/, ""));
          const chosen = [...groups.values()].filter(() => coin.next().value === true).flat();
          const left = all.filter((each) => !chosen.includes(each));
          const found = differences(adopted(desired, live, chosen), live);
          const fields = found
            .filter(({ change }) => change !== "reordered")
            .map(({ field }) => formatFieldPath(field));
          expect(fields).toEqual(left.map(({ field }) => formatFieldPath(field)));
        },
      ),
      { numRuns: 500 },
    );
  });
});

test("a host that changed is changed in place", () => {
  const rule = (host: string) => ({ host, http: { paths: [{ path: "/", pathType: "Prefix" }] } });
  const desired = { ...ingress("{}"), spec: { rules: [rule("a"), rule("b")] } };
  const live = { ...ingress("{}"), spec: { rules: [rule("a"), rule("c")] } };
  const steps = adoptionSteps(desired, live, differences(desired, live));
  expect(steps.map(({ edits }) => edits)).toEqual([
    [{ kind: "set", path: ["spec", "rules", 1, "host"], value: "c" }],
  ]);
});

test("a host is not changed in place where the entry stands elsewhere among reordered ones", () => {
  const desired = ingress('spec: { rules: [{ host: b }, {}, { host: "*.c" }] }');
  const live = ingress("spec: { rules: [{}, { host: a }, { host: b }] }");
  expect(adopted(desired, live)).toMatchObject({ spec: { rules: [{}, { host: "a" }, { host: "b" }] } });
});

test("an entry comes where it stands live", () => {
  const desired = ingress("spec: { rules: [{ host: a }, { host: c }] }");
  const live = ingress("spec: { rules: [{ host: a }, { host: b }, { host: c }] }");
  expect(adopted(desired, live)).toMatchObject({
    spec: { rules: [{ host: "a" }, { host: "b" }, { host: "c" }] },
  });
});

test("what holds nothing else goes with the field", () => {
  const desired = ingress("{ metadata: { annotations: { a: b } }, spec: { ingressClassName: nginx } }");
  const live = ingress("spec: { ingressClassName: nginx }");
  expect(adopted(desired, live).metadata).not.toHaveProperty("annotations");
});
