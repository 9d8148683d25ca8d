import fc from "fast-check";
import { expect, test } from "vitest";
import {
  entrySegment,
  formatFieldPath,
  isWithin,
  keyedSegment,
  nameSegment,
  ordinalSegment,
  parseFieldPath,
} from "../../src/model/field-path.ts";

const text = fc.string({ unit: "binary" });
const ordinal = fc.integer({ min: 1, max: 12 });
const bracket = fc.oneof(
  text.map(entrySegment),
  fc.dictionary(fc.constantFrom("host", "path", "pathType"), text, { minKeys: 1 }).map(keyedSegment),
);
const segment = fc.oneof(
  fc.oneof(fc.constantFrom("spec", "rules", "http"), text).map(nameSegment),
  fc.tuple(bracket, ordinal).map(([base, number]) => ordinalSegment(base, number)),
);

test("parsing reads back whatever path was formatted, with any text in its keys", () => {
  fc.assert(
    fc.property(fc.array(segment), (path) => {
      expect(parseFieldPath(formatFieldPath(path))).toEqual(path);
    }),
  );
});

test("parsing any text at all gives a path or null", () => {
  fc.assert(
    fc.property(text, (anything) => {
      const path = parseFieldPath(anything);
      expect(path === null || Array.isArray(path)).toBe(true);
    }),
  );
});

test.each([
  ["", []],
  ["spec.ingressClassName", ["spec", "ingressClassName"]],
  [
    'spec.rules[host="a.example.com"].http.paths[path="/",pathType="Prefix"]#2.backend',
    ["spec", "rules", '[host="a.example.com"]', "http", "paths", '[path="/",pathType="Prefix"]#2', "backend"],
  ],
  ['metadata.annotations["a.b/c"]', ["metadata", "annotations", '["a.b/c"]']],
  [String.raw`metadata.labels["\u0061"]`, ["metadata", "labels", '["a"]']],
  ['["odd name"].spec', ['["odd name"]', "spec"]],
])("%s is a path", (formatted, path) => {
  expect(parseFieldPath(formatted)).toEqual(path);
});

test.each([
  ".spec",
  "spec.",
  "spec..rules",
  'metadata.annotations.["a"]',
  'metadata["a"]labels',
  "spec.rules[0]",
  "spec.rules[*]",
  'spec.rules["a",host="b"]',
  'spec.tls[""]#1',
  'spec.tls[""]#02',
  String.raw`metadata.labels["\q"]`,
  'metadata.labels["a]',
  "spec rules",
])("%s is no path", (formatted) => {
  expect(parseFieldPath(formatted)).toBeNull();
});

test("a very long key is read without exhausting the stack", () => {
  const path = ["metadata", "annotations", entrySegment("\\é".repeat(500_000))];
  expect(parseFieldPath(formatFieldPath(path))).toEqual(path);
});

test("a path is within itself and its ancestors, and within nothing that merely begins like it", () => {
  expect(isWithin(["spec", "rules"], ["spec"])).toBe(true);
  expect(isWithin(["spec"], ["spec"])).toBe(true);
  expect(isWithin(["spec"], [])).toBe(true);
  expect(isWithin(["spec"], ["spec", "rules"])).toBe(false);
  expect(isWithin(["specs"], ["spec"])).toBe(false);
});
