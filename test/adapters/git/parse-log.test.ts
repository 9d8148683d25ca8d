import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseLog } from "../../../src/adapters/git/parse-log.ts";
import { splitFields } from "../../../src/adapters/git/split-fields.ts";

const [first, second, third] = ["1".repeat(40), "2".repeat(40), "3".repeat(40)];
const [none, blob, other] = ["0".repeat(40), "a".repeat(40), "b".repeat(40)];

const OUTPUT = Buffer.from(
  [
    `${second} ${first}\n1700000055 1700000060\nann@example.com\nadd: größe`,
    `\n:100644 100644 ${blob} ${other} M`,
    "größe.yaml",
    `:100644 000000 ${blob} ${none} D`,
    "a\nb:c.yaml",
    `${first} \n1700000000 1700000000\n\n`,
    `${third} ${second} ${first}\n1700000070 1700000070\nbo chen@example.com\nMerge branch 'size'`,
    "",
  ].join("\0"),
);

async function* cutAt(positions: readonly number[]): AsyncGenerator<Buffer> {
  const cuts = [0, ...positions.toSorted((left, right) => left - right), OUTPUT.length];
  for (const [index, end] of cuts.entries()) yield OUTPUT.subarray(cuts[index - 1] ?? 0, end);
}

describe("the log's stream", () => {
  it("reads the same however it is cut into chunks", async () => {
    const expected = {
      commits: [
        {
          sha: second,
          parents: [first],
          committedAt: 1700000060,
          authoredAt: 1700000055,
          committer: "ann@example.com",
          mergeSubject: null,
        },
        {
          sha: first,
          parents: [],
          committedAt: 1700000000,
          authoredAt: 1700000000,
          committer: "",
          mergeSubject: null,
        },
        {
          sha: third,
          parents: [second, first],
          committedAt: 1700000070,
          authoredAt: 1700000070,
          committer: "bo chen@example.com",
          mergeSubject: "Merge branch 'size'",
        },
      ],
      changes: [
        { commit: 0, path: "größe.yaml", blob: other, previousBlob: blob },
        { commit: 0, path: "a\nb:c.yaml", blob: null, previousBlob: blob },
      ],
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(OUTPUT.length)), async (positions) => {
        expect(await parseLog(cutAt(positions), () => true)).toEqual(expected);
      }),
    );
  });

  it("keeps only the paths asked for", async () => {
    const { changes, commits } = await parseLog(cutAt([]), (path) => path.startsWith("a"));
    expect(changes.map(({ path }) => path)).toEqual(["a\nb:c.yaml"]);
    expect(commits).toHaveLength(3);
  });

  it("ends a field at each NUL and drops what none ends", () => {
    expect(splitFields(Buffer.from("a\0\0b\0c")).map(String)).toEqual(["a", "", "b"]);
  });
});
