import fc from "fast-check";
import { expect, test } from "vitest";
import { lineDiff } from "../../src/report/line-diff.ts";

const shown = (git: string[], live: string[]) =>
  lineDiff(git, live).map(({ kind, text }) => `${{ git: "-", live: "+", same: " ", gap: "@" }[kind]}${text}`);

test("only what changed, with two lines around it", () => {
  const lines = Array.from({ length: 9 }, (_, index) => `line ${index}`);
  const changed = lines.with(4, "other");
  expect(shown(lines, changed)).toEqual([
    "@2 lines alike",
    " line 2",
    " line 3",
    "-line 4",
    "+other",
    " line 5",
    " line 6",
    "@2 lines alike",
  ]);
});

test("an insertion between equal lines", () => {
  expect(shown(["a", "c"], ["a", "b", "c"])).toEqual([" a", "+b", " c"]);
});

test("nothing on one side", () => {
  expect(shown([], ["a"])).toEqual(["+a"]);
  expect(shown(["a"], [])).toEqual(["-a"]);
});

test("either side can be read back from the diff", () => {
  const lines = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 4 });
  fc.assert(
    fc.property(lines, lines, (git, live) => {
      const diff = lineDiff(git, live);
      if (diff.some((line) => line.kind === "gap")) return;
      const side = (other: string) => diff.filter((line) => line.kind !== other).map((line) => line.text);
      expect([side("live"), side("git")]).toEqual([git, live]);
    }),
  );
});

test("thousands of differing lines take neither long nor much memory", () => {
  const git = Array.from({ length: 20_000 }, (_, index) => `git ${index}`);
  const live = Array.from({ length: 20_000 }, (_, index) => `live ${index}`);
  expect(lineDiff(git, live)).toHaveLength(40_000);
});
