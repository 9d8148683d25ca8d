import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { runTool } from "../../../../src/adapters/render/tool/run-tool.ts";
import { removeFolder, temporaryFolder } from "../../../support/repository/temporary-folder.ts";

const shell = (script: string, changes: object = {}) =>
  runTool({
    command: "/bin/sh",
    args: ["-c", script],
    cwd: "/",
    env: { PATH: "/usr/bin:/bin" },
    timeoutMs: 20_000,
    maxBytes: 1000,
    signal: AbortSignal.timeout(30_000),
    ...changes,
  });

test("what it prints is the answer, and warnings are none of it", async () => {
  const result = await shell("echo out; echo warning: old >&2");

  expect(result).toEqual({ kind: "done", stdout: Buffer.from("out\n") });
});

test("a failure has the last words, without warnings and prefixes", async () => {
  const result = await shell("echo '# Warning: old' >&2; echo 'Error: no such thing' >&2; exit 3");

  expect(result).toEqual({ kind: "failed", reason: "no such thing" });
});

test("a failure without words has its status", async () => {
  expect(await shell("exit 3")).toEqual({ kind: "failed", reason: "it ended with status 3" });
});

test("a run that takes too long ends with all that it started", async () => {
  const folder = await temporaryFolder();
  const file = path.join(folder, "pid");

  const result = await shell(`sleep 300 & echo $! > ${file}; wait`, { timeoutMs: 300 });

  expect(result).toEqual({ kind: "cut", reason: "it took longer than 0.3 s" });
  expect(await isRunning(Number(await readFile(file, "utf8")))).toBe(false);
  removeFolder(folder);
});

test("what it left running in the background ends with it", async () => {
  const result = await shell("sleep 300 & echo $!");

  expect(result.kind).toBe("done");
  expect(await isRunning(Number(result.kind === "done" && result.stdout))).toBe(false);
});

test("too much output ends the run", async () => {
  const result = await shell("yes");

  expect(result).toEqual({ kind: "cut", reason: "it printed more than 1000 bytes" });
});

test("a run that is killed says nothing of its input", async () => {
  expect(await shell("kill -9 $$")).toEqual({ kind: "cut", reason: "it was ended by SIGKILL" });
});

test("a run that is called off ends at once", async () => {
  const controller = new AbortController();
  const running = shell("sleep 300", { signal: controller.signal });
  controller.abort();

  expect(await running).toEqual({ kind: "cut", reason: "it was interrupted" });
});

test("a program that is not there is no failure of the input", async () => {
  const result = await shell("", { command: "/nonexistent/kustomize" });

  expect(result.kind).toBe("cut");
});

/** A killed process is there until its parent has taken note of it. */
async function isRunning(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const state = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
    if (state === null || / Z /.test(state)) return false;
    await sleep(20);
  }
  return true;
}
