import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseFieldPath } from "../../src/model/field-path.ts";
import { matchFieldPattern, matchGlob, matchPathGlob, parseFieldPattern } from "../../src/model/patterns.ts";

test.each<[string, string, boolean]>([
  ["web", "web", true],
  ["web", "web-2", false],
  ["shop/*", "shop/web", true],
  ["*", "", true],
  ["w?b", "wob", true],
  ["w?b", "wb", false],
  ["*-web-*", "a-web-b-web-c", true],
  ["a*b*c", "a-b-c-d", false],
  ["system:serviceaccount:*:deployer", "system:serviceaccount:ci:deployer", true],
  ["a.c", "abc", false],
])("the glob %j against %j: %j", (pattern, text, taken) => {
  expect(matchGlob(pattern)(text)).toBe(taken);
});

test.each<[string, string, boolean]>([
  ["deploy", "deploy/a/b.yaml", true],
  ["deploy/", "deploy/a.yaml", true],
  ["./deploy", "deploy/a.yaml", true],
  ["deploy", "deployment/a.yaml", false],
  [".", "a.yaml", true],
  ["deploy/*.yaml", "deploy/a.yaml", true],
  ["deploy/*.yaml", "deploy/b/a.yaml", false],
  ["deploy/**/*.yaml", "deploy/a.yaml", true],
  ["deploy/**/*.yaml", "deploy/b/c/a.yaml", true],
  ["**/prod/*", "a/b/prod/c.yaml", true],
  ["**/prod/*", "prod/c.yaml", true],
  ["**", "a/b", true],
  ["apps/?/a.yaml", "apps/x/a.yaml", true],
  ["apps/?/a.yaml", "apps/xy/a.yaml", false],
])("the path glob %j against %j: %j", (pattern, path, taken) => {
  expect(matchPathGlob(pattern)(path)).toBe(taken);
});

describe("field patterns", () => {
  const challenge =
    'spec.rules[host="a.example.com"].http.paths[path="/.well-known/acme-challenge/x",pathType="Exact"]';

  test.each<[string, string, boolean]>([
    ["spec", "spec.rules", true],
    ["spec.rules", "spec", false],
    ["spec", "special", false],
    ["**", "spec.rules", true],
    ["spec.**.port", "spec.defaultBackend.service.port.number", true],
    ["metadata.*", 'metadata.labels["a"]', true],
    ["metadata.ann*", 'metadata.annotations["a"]', true],
    ['metadata.annotations["cert-manager.io/*"]', 'metadata.annotations["cert-manager.io/issuer"]', true],
    ['metadata.annotations["cert-manager.io/*"]', 'metadata.annotations["acme.cert-manager.io/x"]', false],
    ['metadata.annotations["*"]', 'metadata.annotations["a.b/c"]', true],
    ["metadata.annotations[*]", 'metadata.annotations["a.b/c"]', true],
    ["spec[*]", "spec.rules", false],
    ["spec.rules[*].http.paths[*]", `${challenge}.backend`, true],
    ['spec.rules[*].http.paths[path="/.well-known/acme-challenge/*"]', challenge, true],
    ['spec.rules[*].http.paths[path="/.well-known/acme-challenge/x"]', challenge, true],
    ['spec.rules[*].http.paths[pathType="Exact"]', challenge, true],
    ['spec.rules[*].http.paths[pathType="Exact",path="/.well-known/*"]', challenge, true],
    ['spec.rules[*].http.paths[pathType="Prefix",path="/.well-known/*"]', challenge, false],
    ['spec.rules[*].http.paths[path="/.well-known/acme-challenge/*Exact"]', challenge, false],
    ['spec.rules[host="*.example.com"]', challenge, true],
    ['spec.rules[host=""]', challenge, false],
    ['spec.tls[secretName="a"]', 'spec.tls[secretName="a"]#2', true],
    ['spec.tls[secretName="a"]#2', 'spec.tls[secretName="a"]#2', true],
    ['spec.tls[secretName="a"]#2', 'spec.tls[secretName="a"]', false],
    ['spec.tls[secretName="a"]#1', 'spec.tls[secretName="a"]', true],
    ['metadata.annotations["a\\"]b"]', 'metadata.annotations["a\\"]b"]', true],
  ])("%s takes %s: %j", (pattern, field, taken) => {
    const path = parseFieldPath(field);
    if (path === null) throw new Error(`${field} is no field path`);
    expect(parseFieldPattern(pattern)).not.toBeNull();
    expect(matchFieldPattern(pattern)(path)).toBe(taken);
  });

  test("no pattern but `**` takes a whole object, whose path is empty", () => {
    expect(matchFieldPattern("**")([])).toBe(true);
    expect(matchFieldPattern("*")([])).toBe(false);
    expect(matchFieldPattern("spec")([])).toBe(false);
  });

  test.each([
    "",
    ".spec",
    "spec..rules",
    "spec.",
    "spec.rules[0]",
    "spec.rules[host=a]",
    'spec["a]',
    "spec rules",
    'a["\\q"]',
    "[*",
  ])("%j is no pattern, and takes nothing", (pattern) => {
    expect(parseFieldPattern(pattern)).toBeNull();
    expect(matchFieldPattern(pattern)(["spec"])).toBe(false);
  });
});

test("every field path is a pattern for itself", () => {
  const name = fc.stringMatching(/^[a-z]{1,5}$/);
  const entry = fc
    .string({ maxLength: 8 })
    .filter((key) => !/[*?]/.test(key))
    .map((key) => `[${JSON.stringify(key)}]`);
  fc.assert(
    fc.property(
      name,
      fc.array(
        fc.oneof(
          name.map((each) => `.${each}`),
          entry,
        ),
        { maxLength: 4 },
      ),
      (first, rest) => {
        const text = [first, ...rest].join("");
        const path = parseFieldPath(text);
        expect(path).not.toBeNull();
        expect(matchFieldPattern(text)(path ?? [])).toBe(true);
      },
    ),
  );
});

// Backtracking would not end within the test's time.
test("a hostile pattern is matched without backtracking", () => {
  expect(matchGlob("*a".repeat(200))(`${"a".repeat(20_000)}b`)).toBe(false);
  expect(matchPathGlob(`${"**/".repeat(100)}x`)("a/".repeat(500))).toBe(false);
  expect(matchFieldPattern(`${"**.".repeat(100)}x`)(Array(500).fill("a"))).toBe(false);
});
