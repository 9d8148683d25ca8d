import { rm } from "node:fs/promises";
import type { Metafile } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundle } from "../../../scripts/build/bundle.ts";
import { loadedAtStart } from "../../../scripts/build/loaded-at-start.ts";
import { temporaryFolder } from "../../support/repository/temporary-folder.ts";

/** They cost most of the start, and most runs do not need them. */
const LATER = [
  "@kubernetes/client-node",
  "@octokit/rest",
  "@octokit/core",
  "bottleneck",
  "undici",
  "zod/locales",
];

let folder: string;
let metafile: Metafile;
beforeAll(async () => {
  folder = await temporaryFolder();
  metafile = await bundle(folder);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

test.each(["src/entry/action/main.ts", "src/entry/cli/main.ts"])(
  "%s loads at its start what every run needs",
  (entry) => {
    const { bytes, parts } = loadedAtStart(metafile, entry);
    const names = parts.map(([name]) => name);
    expect(names.filter((name) => LATER.includes(name))).toEqual([]);
    expect(bytes).toBeLessThan(1_000_000);
  },
);

test("the bundle holds nothing that nobody asks for", () => {
  const sources = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  expect(
    sources.filter((source) => /@actions\/http-client|@actions\/exec|zod\/v4\/locales\/(?!en)/.test(source)),
  ).toEqual([]);
});
