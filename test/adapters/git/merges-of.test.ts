import { describe, expect, it } from "vitest";
import { mergesOf, parseAncestry } from "../../../src/adapters/git/merges-of.ts";

/** `commit parents…`, one a line, children first. */
function merges(lines: string, sha: string): readonly string[] {
  const head = lines.trim().split(/\s/)[0] ?? "";
  return mergesOf(parseAncestry(lines.trim().replace(/^ +/gm, "")), head)(sha);
}

describe("the merges that brought a commit", () => {
  it("are none on the first-parent line", () => {
    expect(merges("c b\nb a\na", "b")).toEqual([]);
    expect(merges("c b\nb a\na", "unknown")).toEqual([]);
  });

  it("are the first merge on the line, not later ones that contain it too", () => {
    expect(merges("m2 m1 y\ny m1\nm1 a x\nx a\na", "x")).toEqual(["m1"]);
  });

  it("go inwards from branch to branch", () => {
    expect(merges("m2 a m1\nm1 d x\nx d\nd a\na", "x")).toEqual(["m2", "m1"]);
  });

  it("do not count a back-merge of the main line into the branch", () => {
    expect(merges("m a f2\nf2 f1 a\nf1 b\na b\nb", "a")).toEqual([]);
    expect(merges("m a f2\nf2 f1 a\nf1 b\na b\nb", "f1")).toEqual(["m"]);
  });

  it("find a commit behind any parent of an octopus", () => {
    expect(merges("o a x y\nx a\ny a\na", "y")).toEqual(["o"]);
  });

  it("find one that only an unrelated root holds", () => {
    expect(merges("m a r2\nr2 r1\nr1\na", "r1")).toEqual(["m"]);
  });
});
