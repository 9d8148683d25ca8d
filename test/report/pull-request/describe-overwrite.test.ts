import { describe, expect, test } from "vitest";
import type { ReportedActor } from "../../../src/report/audit-report.ts";
import { plainText } from "../../../src/report/phrase.ts";
import { describeOverwrite } from "../../../src/report/pull-request/describe-overwrite.ts";
import { describePlace } from "../../../src/report/pull-request/describe-place.ts";
import type { ReviewedDrift } from "../../../src/report/pull-request/pull-request-review.ts";
import { sampleReview } from "../../support/pull-request/sample-review.ts";

const NOW = new Date("2026-03-04T10:17:00Z");

/** Alice's hotfix on /api, made two hours ago with kubectl. */
function hotfix(parts: Partial<ReviewedDrift> = {}, actor: Partial<ReportedActor> = {}): ReviewedDrift {
  const [first] = sampleReview().ingresses.flatMap(({ overwrites }) => overwrites);
  if (first?.actor == null) throw new Error("The sample has no hotfix");
  return { ...first, actor: { ...first.actor, ...actor }, ...parts };
}

const words = (drift: ReviewedDrift) => plainText(describeOverwrite(drift, NOW));

describe("what a merge overwrites", () => {
  test("is said in the words of a reviewer", () => {
    expect(words(hotfix())).toBe(
      "Reverts alice@example.com’s hotfix on /api of shop.example.com, made 2 hours ago with kubectl",
    );
  });

  test.each<[string, Partial<ReviewedDrift>, string]>([
    [
      "an addition that goes",
      { change: "added", isGone: true },
      "Removes alice@example.com’s addition of /api of shop.example.com, made 2 hours ago with kubectl",
    ],
    [
      "an addition that becomes another",
      { change: "added" },
      "Replaces alice@example.com’s addition of /api of shop.example.com, made 2 hours ago with kubectl",
    ],
    [
      "a removal",
      { change: "removed" },
      "Brings back /api of shop.example.com, which alice@example.com removed 2 hours ago with kubectl",
    ],
    [
      "a deleted Ingress",
      { field: "", change: "removed" },
      "Brings back the whole Ingress, which alice@example.com removed 2 hours ago with kubectl",
    ],
    [
      "an Ingress made by hand",
      { field: "", change: "added" },
      "Changes the Ingress that alice@example.com created 2 hours ago with kubectl",
    ],
    [
      "a changed value that goes",
      { isGone: true },
      "Removes alice@example.com’s hotfix on /api of shop.example.com, made 2 hours ago with kubectl",
    ],
    ["nobody's change", { actor: null }, "Reverts an unknown change on /api of shop.example.com"],
    [
      "what came from a branch",
      { verdict: "unmerged", ref: "canary", actor: null },
      "Replaces what came from canary (not merged) on /api of shop.example.com",
    ],
  ])("%s", (_, parts, expected) => {
    expect(words(hotfix(parts))).toBe(expected);
  });

  test.each<[string, Partial<ReportedActor>, string]>([
    [
      "a program is no person",
      { user: null, userAgent: null, fieldManager: "kubectl-edit" },
      "Reverts somebody’s change on /api of shop.example.com, made 2 hours ago with kubectl-edit",
    ],
    [
      "a service account makes no hotfix",
      { user: "system:serviceaccount:ops:fixer", source: "api", userAgent: "fixer/2" },
      "Reverts system:serviceaccount:ops:fixer’s change on /api of shop.example.com, made 2 hours ago with fixer",
    ],
    [
      "who impersonated somebody stays who they are",
      { user: "bob", impersonatedBy: "mallory" },
      "Reverts mallory’s (as bob) hotfix on /api of shop.example.com, made 2 hours ago with kubectl",
    ],
    [
      "an unknown time is not told",
      { at: null, userAgent: null, fieldManager: null },
      "Reverts alice@example.com’s hotfix on /api of shop.example.com",
    ],
  ])("%s", (_, actor, expected) => {
    expect(words(hotfix({}, actor))).toBe(expected);
  });
});

test.each([
  ["", "the whole Ingress"],
  ['metadata.annotations["a.example.com/b"]', "annotation a.example.com/b"],
  ['metadata.labels["app"]', "label app"],
  ['metadata.finalizers["example.com/a"]', "finalizer example.com/a"],
  ["metadata.generateName", "metadata.generateName"],
  ["spec.ingressClassName", "the ingress class"],
  ["spec.defaultBackend", "the default backend"],
  ["spec.defaultBackend.service.port.number", "the default backend, port"],
  ["spec.rules", "the order of the rules"],
  ['spec.rules[host="a.example.com"]', "host a.example.com"],
  ['spec.rules[host=""]', "the rule for every host"],
  ['spec.rules[host="a.example.com"].http.paths', "the order of the paths of a.example.com"],
  ['spec.rules[host="a.example.com"].http.paths[path="/x",pathType="Exact"]', "/x of a.example.com"],
  ['spec.rules[host=""].http.paths[path="",pathType="Prefix"].backend', "/ of every host"],
  [
    'spec.rules[host="a"].http.paths[path="/",pathType="Prefix"]#2.backend.service.name',
    "/ of a (entry 2 with this key), service",
  ],
  ['spec.rules[host="a"].http.paths[path="/",pathType="Prefix"].backend.resource', "/ of a, resource"],
  ["spec.tls", "the order of the TLS entries"],
  ['spec.tls[secretName="shop-tls"]', "TLS shop-tls"],
  ['spec.tls[secretName=""].hosts["a.example.com"]', "host a.example.com of TLS without a Secret"],
  ["spec.tls[", "spec.tls["],
])("the field %s is told as %s", (field, expected) => {
  expect(plainText(describePlace(field))).toBe(expected);
});
