import { describe, expect, test } from "vitest";
import { compareIngress } from "../../src/compare/compare-ingress.ts";
import { indexClaims } from "../../src/compare/index-claims.ts";
import { rateSeverity, SEVERITY_RULES } from "../../src/compare/rate-severity.ts";
import { CHANGE_REASON_RULES, changeReason } from "../../src/compare/severity/change-reasons.ts";
import { ingressKey } from "../../src/model/ingress.ts";
import type { SeverityRating } from "../../src/model/severity.ts";
import { declared, identified } from "./support/ingress-yaml.ts";
import {
  documentedRules,
  EXAMPLE_ID,
  type ExampleIngress,
  type SeverityExample,
} from "./support/severity-examples.ts";

const documented = documentedRules();

/** The ratings of every divergence of the example's Ingress. */
function ratingsOf({ git, live }: SeverityExample): readonly SeverityRating[] {
  const comparison = compareIngress(exampleObject(git), exampleObject(live), { ingressClasses: null });
  const claims = indexClaims(
    git.map(({ id, object }) => ({ ...declared(object), id })),
    live.map(({ id, object }) => ({ ...identified(object), id })),
  );
  const sides = { desired: comparison.desiredKeyed, live: comparison.liveKeyed };
  return comparison.divergences.map((divergence) =>
    rateSeverity(divergence, { id: EXAMPLE_ID, ...sides, claims }),
  );
}

function exampleObject(side: readonly ExampleIngress[]) {
  return side.find(({ id }) => ingressKey(id) === ingressKey(EXAMPLE_ID))?.object ?? null;
}

test("docs/severity.md describes every rule, with its severity, and no other", () => {
  const rules = SEVERITY_RULES.map(({ name, severity }) => `${name}: ${severity}`);
  expect(documented.map(({ name, severity }) => `${name}: ${severity}`).toSorted()).toEqual(
    [...rules, "other-field: medium"].toSorted(),
  );
});

test("what a change does is said of rules that there are", () => {
  const rules = SEVERITY_RULES.map(({ name }) => name);
  expect(CHANGE_REASON_RULES.filter((name) => !rules.includes(name))).toEqual([]);
});

describe.each(documented)("$name", ({ name, severity, rated, notRated }) => {
  test("rates its example", () => {
    expect(ratingsOf(rated)).toContainEqual({
      severity,
      rule: name,
      reason: expect.stringMatching(/^[A-Z].*\.$/),
    });
  });

  test("says of a change what it does, without Git and live", () => {
    const rating = ratingsOf(rated).find(({ rule }) => rule === name);
    if (rating === undefined) throw new Error(`${name} does not rate its example`);
    expect(changeReason(rating)).toMatch(/^[A-Z].*\.$/);
    expect(changeReason(rating)).not.toMatch(/\bgit\b|\blive\b/i);
  });

  test("does not rate the near twin, which differs as well", () => {
    const rules = ratingsOf(notRated).map(({ rule }) => rule);
    expect(rules).not.toEqual([]);
    expect(rules).not.toContain(name);
  });
});
