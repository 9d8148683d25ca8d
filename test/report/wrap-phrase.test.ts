import fc from "fast-check";
import { expect, test } from "vitest";
import { displayWidth } from "../../src/report/display-width.ts";
import { createPaint } from "../../src/report/paint.ts";
import { fieldPhrase, say, value } from "../../src/report/phrase.ts";
import { wrapPhrase } from "../../src/report/wrap-phrase.ts";
import { hostileText } from "./hostile-report.ts";

const plain = createPaint(false);
const wrap = (phrase: Parameters<typeof wrapPhrase>[0], columns: number) =>
  wrapPhrase(phrase, columns, plain, () => null);

test("lines break between words, never before punctuation that follows a value", () => {
  expect(wrap(say`seen by ${value("alice")}, then by ${value("bob")}.`, 14)).toEqual([
    "seen by alice,",
    "then by bob.",
  ]);
  expect(wrap(say`seen by ${value("alice")}, then`, 13)).toEqual(["seen by", "alice, then"]);
});

test("a field path breaks between its segments", () => {
  expect(wrap(fieldPhrase('spec.rules[host="a.example.com"].http'), 24)).toEqual([
    "spec.rules",
    '[host="a.example.com"]',
    ".http",
  ]);
});

test("a word wider than the line is cut", () => {
  expect(wrap(say`ab ${value("x".repeat(12))}`, 5)).toEqual(["ab", "xxxxx", "xxxxx", "xx"]);
});

test("spaces within a line are kept", () => {
  expect(wrap([value("a   b")], 20)).toEqual(["a   b"]);
});

test("no line is wider than asked for, and no word is lost", () => {
  fc.assert(
    fc.property(hostileText, fc.integer({ min: 2, max: 30 }), (text, columns) => {
      const lines = wrap([value(text)], columns);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
      expect(lines.join("").replaceAll(" ", "")).toBe(
        wrap([value(text)], 100_000)
          .join("")
          .replaceAll(" ", ""),
      );
    }),
  );
});
