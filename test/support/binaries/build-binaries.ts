import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import path from "node:path";
import { AuditError } from "../../../src/model/audit-error.ts";
import type { BinarySet } from "./binary-set.ts";

/**
 * Build a set's commands. They appear in `folder` together or not at all: an interrupted build leaves only a temporary
 * folder behind, and of two builds at once the first to end wins.
 *
 * @throws {AuditError} `test-binaries-missing` without Go, `test-binaries-build-failed`.
 */
export async function buildBinaries(set: BinarySet, folder: string): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  const temporary = await mkdtemp(`${folder}.building-`);
  try {
    await runGo(set, temporary);
    await moveInto(folder, temporary);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function moveInto(folder: string, temporary: string): Promise<void> {
  try {
    await rename(temporary, folder);
  } catch (error) {
    // rename(2) replaces an empty folder only: another build has filled this one in the meantime.
    if (!isErrno(error, "ENOTEMPTY") && !isErrno(error, "EEXIST")) throw error;
  }
}

async function runGo(set: BinarySet, outputFolder: string): Promise<void> {
  if (set.packages === undefined) {
    const commands = set.names.map((name) => `./${name}`);
    return goBuild(set, `${outputFolder}${path.sep}`, commands);
  }
  // Two versions of one program have one name: each is built to a file of its own.
  for (const [name, command] of Object.entries(set.packages)) {
    await goBuild(set, path.join(outputFolder, name), [command]);
  }
}

async function goBuild(set: BinarySet, output: string, commands: readonly string[]): Promise<void> {
  const linkerFlags = ["-s", "-w", ...set.linkerFlags].join(" ");
  const flags = ["-trimpath", "-buildvcs=false", "-ldflags", linkerFlags];
  const go = spawn("go", ["build", ...flags, "-o", output, ...commands], {
    cwd: set.module,
    env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  go.once("error", reject);
  go.once("exit", resolve);
  const exitCode = await promise.catch((error: unknown) => {
    throw isErrno(error, "ENOENT") ? withoutGo(set, error) : error;
  });
  if (exitCode !== 0) throw buildFailed(set, exitCode);
}

function withoutGo({ title, module, variable, elsewhere }: BinarySet, cause: unknown): AuditError {
  return new AuditError({
    code: "test-binaries-missing",
    what: `The tests need ${title}, and there is no Go on this machine to build them with`,
    where: { module },
    mend: `Install Go (https://go.dev/dl; the version that ${path.join(module, "go.mod")} names, or newer) and run again, or set ${variable} to a folder with them${elsewhere}.`,
    cause,
  });
}

function buildFailed({ title, module, variable, elsewhere }: BinarySet, exitCode: number | null): AuditError {
  return new AuditError({
    code: "test-binaries-build-failed",
    what: `go build of ${title} ended with ${exitCode ?? "a signal"}; its output is above`,
    where: { module },
    mend: `Mend what Go complains about (it needs the Go module proxy or a filled module cache), or set ${variable} to a folder with them${elsewhere}.`,
  });
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
