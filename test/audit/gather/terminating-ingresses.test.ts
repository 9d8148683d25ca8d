import { expect, test } from "vitest";
import { terminatingIngresses } from "../../../src/audit/gather/terminating-ingresses.ts";
import { compareIngresses } from "../../../src/compare/compare-ingresses.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { declared, identified, ingress } from "../../compare/support/ingress-yaml.ts";

const NAMED = "metadata: { namespace: shop, name: web";
const HELD = "finalizers: [ingress.k8s.aws/resources]";
const DELETED = `deletionTimestamp: "2026-03-01T10:00:00Z"`;

function problems(desired: readonly JsonObject[], live: string, observedAt: string) {
  const compared = compareIngresses(desired.map(declared), [identified(ingress(live))], {
    ingressClasses: null,
    observedAt,
  });
  return terminatingIngresses(compared).map(({ code, message }) => `${code}: ${message}`);
}

test("an Ingress that only the cluster has and that is on its way out is told of", () => {
  const live = `${NAMED}, ${DELETED}, ${HELD} }`;
  expect(problems([], live, "2026-03-01T10:05:00Z")).toEqual([
    expect.stringMatching(
      /^ingress-terminating: .*deleted at 2026-03-01T10:00:00Z.*ingress\.k8s\.aws\/resources/,
    ),
  ]);
});

test("what its finalizers have held for an hour is a divergence, and so is what Git declares", () => {
  const live = `${NAMED}, ${DELETED}, ${HELD} }`;
  expect(problems([], live, "2026-03-01T11:00:00Z")).toEqual([]);
  expect(problems([ingress(`${NAMED} }`)], live, "2026-03-01T10:05:00Z")).toEqual([]);
});

test("an Ingress with a finalizer that nobody deleted is not", () => {
  expect(problems([], `${NAMED}, ${HELD} }`, "2026-03-01T10:05:00Z")).toEqual([]);
});
