import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { userCacheFolder } from "../../../src/entry/assembly/user-cache-folder.ts";

const MODULE = path.resolve(import.meta.dirname, "../../../src/entry/assembly/user-cache-folder.ts");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "user-cache-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** As a process sees it whose environment is this one. */
function inProcessWith(env: Readonly<Record<string, string>>): string | null {
  const program = `import(${JSON.stringify(MODULE)}).then(({ userCacheFolder }) => console.log(JSON.stringify(userCacheFolder("renders", process.env))))`;
  const { stdout } = spawnSync(process.execPath, ["-e", program], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    encoding: "utf8",
    timeout: 20_000,
  });
  return JSON.parse(stdout);
}

test("is made where XDG_CACHE_HOME says, for this user alone", () => {
  const made = userCacheFolder("renders", { XDG_CACHE_HOME: path.join(folder, "some", "cache") });

  expect(made).toBe(path.join(folder, "some/cache/ingress-audit/renders"));
  expect(statSync(made ?? "").mode & 0o777).toBe(0o700);
});

test("else below the home folder", () => {
  expect(inProcessWith({ HOME: folder })).toBe(path.join(folder, ".cache/ingress-audit/renders"));
});

test("an empty home is none: nothing is made in the folder of the run", () => {
  expect(inProcessWith({ HOME: "" })).toBeNull();
  expect(existsSync(path.join(folder, ".cache"))).toBe(false);
});

test("a relative XDG_CACHE_HOME is none", () => {
  expect(userCacheFolder("renders", { XDG_CACHE_HOME: "cache" })).toBeNull();
});

test("there is none below a file", () => {
  writeFileSync(path.join(folder, "file"), "");

  expect(userCacheFolder("renders", { XDG_CACHE_HOME: path.join(folder, "file") })).toBeNull();
});

test.runIf(process.getuid?.() !== 0)("there is none in a folder that may not be written", () => {
  chmodSync(folder, 0o500);

  expect(userCacheFolder("renders", { XDG_CACHE_HOME: folder })).toBeNull();
});

test.runIf(process.platform === "linux")("a home that takes no folders ends the search, not the run", () => {
  expect(inProcessWith({ HOME: "/proc" })).toBeNull();
});
