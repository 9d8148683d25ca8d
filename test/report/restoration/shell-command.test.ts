import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shellCommand } from "../../../src/report/restoration/shell-command.ts";

const PRINT =
  "require('node:fs').writeSync(1, JSON.stringify([process.argv.slice(1), require('node:fs').readFileSync(0, 'utf8')]))";

/** What a program gets that a POSIX shell starts. */
function pasted(argv: readonly string[], stdin: string | null) {
  const text = shellCommand({ argv: [process.execPath, "-e", PRINT, "--", ...argv], stdin });
  return JSON.parse(execFileSync("sh", ["-s"], { input: text, encoding: "utf8" }));
}

const word = fc
  .oneof(fc.string({ unit: "grapheme" }), fc.stringMatching(/^['"$`\\!*?{}~\n\t ;&|<>()#-]{1,12}$/))
  .filter((text) => !text.includes("\0"));

test("whatever the arguments hold, the program gets them as they are", () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 4 }), (argv) => {
      expect(pasted(argv, "")[0]).toEqual(argv);
    }),
    { numRuns: 60 },
  );
});

test("an input that holds the delimiter gets another one", () => {
  expect(pasted([], "EOF\n$HOME `id`\nEOF_\n")).toEqual([[], "EOF\n$HOME `id`\nEOF_\n"]);
});
