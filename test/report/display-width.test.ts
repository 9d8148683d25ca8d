import fc from "fast-check";
import { expect, test } from "vitest";
import { displayWidth, padColumns, takeColumns } from "../../src/report/display-width.ts";

test.each([
  ["", 0],
  ["plain", 5],
  ["Díaz", 4],
  ["e\u0301", 1],
  ["山田", 4],
  ["한국", 4],
  ["ｆｕｌｌ", 8],
  ["👍", 2],
  ["👍🏽", 2],
  ["👩‍💻", 2],
  ["❤️", 2],
  ["✔", 1],
  ["…─·“”", 5],
  ["\u0301", 0],
])("%j takes %i columns", (text, columns) => {
  expect(displayWidth(text)).toBe(columns);
});

test("a wide character is not cut in half", () => {
  expect(takeColumns("山田太郎", 5)).toBe("山田");
  expect(takeColumns("山田", 1)).toBe("山");
  expect(takeColumns("e\u0301x", 1)).toBe("e\u0301");
});

test("padding counts columns", () => {
  expect(padColumns("山", 4)).toBe("山  ");
  expect(padColumns("long", 2)).toBe("long");
});

test("what is taken is a beginning that fits", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 20 }), (text, columns) => {
      const taken = takeColumns(text, columns);
      expect(text.startsWith(taken)).toBe(true);
      expect(displayWidth(taken)).toBeLessThanOrEqual(columns);
    }),
  );
});
