import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { missingFromDemo } from "../../../scripts/demo/check-recording.ts";
import { runAudit } from "../../../src/audit/run-audit.ts";
import { assembleDemo } from "../../../src/entry/cli/demo-command.ts";
import { withDemoRecording } from "../../../src/entry/cli/demo-recording.ts";
import { VERDICTS } from "../../../src/model/verdict.ts";

const SURROUNDINGS = {
  now: new Date(),
  signal: AbortSignal.timeout(120_000),
  stdin: process.stdin,
  progress: () => {},
};

const root = path.resolve(import.meta.dirname, "../../..");
const FROM_SOURCE = path.join(root, "src/entry/cli/main.ts");
const BUNDLED = path.join(root, "dist/cli.js");

describe("ingress-audit demo", () => {
  it("prints the report of the recording, the same for ever", async () => {
    const { stdout, stderr, status } = await run([FROM_SOURCE, "demo"]);

    expect(stderr).toBe("");
    expect(status).toBe(0);
    expectFile("expected.txt", stdout);
  });

  it("prints who is behind each line of one Ingress", async () => {
    const { stdout, status } = await run([FROM_SOURCE, "demo", "--blame", "shop/checkout"]);

    expect(status).toBe(0);
    expectFile("expected-blame.txt", stdout);
  });

  it("shows every verdict, and the stories that it was recorded for", async () => {
    const report = await withDemoRecording(new AbortController().signal, async (recording) => {
      const { request, ports } = await assembleDemo(recording, SURROUNDINGS);
      return await runAudit(request, ports);
    });

    expect(missingFromDemo(report)).toEqual([]);
    expect(VERDICTS.filter((verdict) => report.summary.verdicts[verdict] === 0)).toEqual([]);
  });

  it("colours when asked to, and changes nothing else by it", async () => {
    const colored = await run([FROM_SOURCE, "demo"], { FORCE_COLOR: "1" });
    const plain = await run([FROM_SOURCE, "demo", "--no-color"], { FORCE_COLOR: "1" });

    expect(colored.stdout).toContain("\x1b[1;97;41mCRITICAL\x1b[0m");
    expect(plain.stdout).not.toContain("\x1b");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are control characters
    expect(colored.stdout.replace(/\x1b\[[\d;]*m/g, "")).toBe(plain.stdout);
  });

  it("finds its recording from the bundle too", async () => {
    const { stdout, stderr, status } = await run([BUNDLED, "demo"]);

    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toContain("── Summary");
  });

  it("leaves nothing behind", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "demo-test-"));
    try {
      const { status } = await run([FROM_SOURCE, "demo"], { TMPDIR: folder });

      expect(status).toBe(0);
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("says what is missing where there is no git", async () => {
    const { stdout, stderr, status } = await run([FROM_SOURCE, "demo"], { PATH: "/nowhere" });

    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("[git-missing]");
    expect(stderr).toContain("→ Install git");
  });
});

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  const child = spawn(process.execPath, args, {
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { stdout, stderr, status };
}

/** `UPDATE_EXPECTED=1` rewrites the file instead. */
function expectFile(name: string, printed: string): void {
  const file = path.join(root, "fixtures/demo", name);
  if (process.env.UPDATE_EXPECTED === "1") writeFileSync(file, printed);
  expect(printed).toBe(readFileSync(file, "utf8"));
}
