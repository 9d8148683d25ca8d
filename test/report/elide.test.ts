import { expect, test } from "vitest";
import { elide, elidePair, grouped } from "../../src/report/elide.ts";

test("a text that fits stays whole", () => {
  expect(elide("a".repeat(40), 40)).toBe("a".repeat(40));
});

test("a long text loses its middle and says how much", () => {
  expect(elide(`${"a".repeat(500)}${"z".repeat(1500)}`, 44)).toBe(
    `${"a".repeat(10)} …1,980 characters… ${"z".repeat(10)}`,
  );
});

test("characters are never cut in half", () => {
  expect(elide("👍".repeat(100), 44)).toBe(`${"👍".repeat(10)} …80 characters… ${"👍".repeat(10)}`);
});

test("of two long texts, what differs stays in sight wherever it is", () => {
  const same = "x".repeat(1_000);
  const [git, live] = elidePair(`${same}left${same}`, `${same}right${same}`, 120);
  expect(git).toContain("xleftx");
  expect(live).toContain("xrightx");
  expect(git).toContain("…976 characters alike… ");
});

test("two short texts stay whole", () => {
  expect(elidePair("a", "b", 10)).toEqual(["a", "b"]);
});

test.each([
  [0, "0"],
  [999, "999"],
  [1_000, "1,000"],
  [1_234_567, "1,234,567"],
])("%i reads %s", (count, text) => {
  expect(grouped(count)).toBe(text);
});
