import fc from "fast-check";
import { expect, test } from "vitest";
import { plainRenderer } from "../../../src/adapters/render/plain-renderer.ts";
import { PROBLEM_CODES } from "../../../src/adapters/render/problem-code.ts";
import { kubectlCases } from "./kubectl-cases.ts";

const CASES = [...kubectlCases().values()].filter((file) => file.length < 2000);
const PIECES = [
  "\t",
  "\n",
  "\r",
  " ",
  "  ",
  ":",
  "- ",
  "---\n",
  "...\n",
  "&a ",
  "*a",
  "<<: ",
  "{",
  "}",
  "[",
  "]",
  '"',
  "'",
  "|",
  ">",
  "#",
  "%",
  "!",
  "!!binary ",
  "{{",
  "}}",
  "null",
  "kind: Ingress\n",
  "\0",
  "\uFEFF",
  "\u2028",
  "\ud800",
  "__proto__: {a: b}\n",
  "constructor: x\n",
];

/** Every answer is well formed, whatever the bytes. */
function check(content: Buffer): void {
  const { ingresses, problems } = plainRenderer.render({ path: "a.yaml", content, defaultNamespace: "shop" });
  const lines = content.toString("utf8").split(/\r\n|\r|\n/).length + 1;
  for (const { id, origin, placeAt } of ingresses) {
    expect(id.name).toMatch(/^[a-z0-9]/);
    for (const line of [
      origin.line,
      placeAt([])?.line,
      placeAt(["spec", "rules", 0, "host"])?.line,
      placeAt(["__proto__", "a"])?.line,
    ]) {
      expect(line).toBeGreaterThanOrEqual(1);
      expect(line).toBeLessThanOrEqual(lines);
    }
  }
  for (const { code, line, message, remedy } of problems) {
    expect(PROBLEM_CODES).toContain(code);
    expect(line ?? 1).toBeGreaterThanOrEqual(1);
    expect(line ?? 1).toBeLessThanOrEqual(lines);
    expect(message).not.toBe("");
    expect(remedy).not.toBe("");
  }
}

test("any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, withWord) => {
      check(Buffer.concat([Buffer.from(withWord ? "kind: Ingress\n" : ""), bytes]));
    }),
    { numRuns: 2000 },
  );
});

test("manifests into which anything has been put", () => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat({ max: 8 }),
    added: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 })),
  });
  fc.assert(
    fc.property(fc.constantFrom(...CASES), fc.array(edit, { minLength: 1, maxLength: 4 }), (file, edits) => {
      const edited = edits.reduce((text, { at, removed, added }) => {
        const index = Math.floor(at * text.length);
        return text.slice(0, index) + added + text.slice(index + removed);
      }, file);
      check(Buffer.from(edited));
    }),
    { numRuns: 4000 },
  );
});

test("YAML of any shape, of many repeated pieces", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...PIECES), fc.nat({ max: 300 })), { maxLength: 6 }),
      (parts) => {
        check(Buffer.from(`kind: Ingress\n${parts.map(([piece, count]) => piece.repeat(count)).join("")}`));
      },
    ),
    { numRuns: 500 },
  );
});

test("a key called __proto__ is a key like any other", () => {
  const content = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, annotations: {__proto__: a, constructor: b}}
spec: {rules: [{host: a.example.com}], __proto__: {ingressClassName: x}}
`;
  const { ingresses, problems } = plainRenderer.render({
    path: "a.yaml",
    content: Buffer.from(content),
    defaultNamespace: "shop",
  });
  expect(ingresses).toEqual([]);
  expect(problems.map(({ code }) => code)).toEqual(["unknown-field", "invalid-value"]);
});
