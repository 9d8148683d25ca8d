import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { Json } from "../../src/model/json.ts";
import { formatValue } from "../../src/report/format-value.ts";

test.each<[Json, string]>([
  ["api-v2", "api-v2"],
  [8080, "8080"],
  ["8080", '"8080"'],
  ["true", '"true"'],
  [true, "true"],
  [null, "null"],
  ["", '""'],
  [" padded ", '" padded "'],
  ["*.example.com", '"*.example.com"'],
  ["https://example.com", "https://example.com"],
  ["- dash", '"- dash"'],
  ["-dash", "-dash"],
  ["a: b", '"a: b"'],
  ["a # b", '"a # b"'],
  ["one line\n", '"one line\\n"'],
  ["a\nb\n", "a\nb"],
  [[], "[]"],
  [{}, "{}"],
  [["a", 1], "- a\n- 1"],
  [{ a: { b: [{ c: 1, d: 2 }] } }, "a:\n  b:\n    - c: 1\n      d: 2"],
  [{ snippet: "a\nb" }, "snippet: |\n  a\n  b"],
])("%j reads %j", (value, text) => {
  expect(formatValue(value)).toBe(text);
});

test("lists and maps of plain values are YAML", () => {
  const scalar = fc.oneof(
    fc.integer(),
    fc.boolean(),
    fc.stringMatching(/^[a-z0-9./-]{1,8}$/),
    fc.stringMatching(/^[ -~]{1,12}$/),
  );
  const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      scalar,
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tie("tree"), { maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      expect(parse(formatValue(value))).toEqual(value);
    }),
  );
});
