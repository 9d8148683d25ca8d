import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { AuditError } from "../../../src/model/audit-error.ts";
import type { BinarySet } from "./binary-set.ts";
import { buildBinaries } from "./build-binaries.ts";

/**
 * Find the commands of a set: in the folder that its variable names, else in the user's cache folder, else built once
 * into it from the set's Go module.
 *
 * @param report Called with a line of progress before anything slow.
 * @returns The folder that holds them, absolute.
 * @throws {AuditError} `test-binaries-missing`, `test-binaries-build-failed`.
 */
export async function findBinaries(
  set: BinarySet,
  report: (line: string) => void = () => {},
): Promise<string> {
  const given = process.env[set.variable];
  if (given !== undefined && given !== "") return await givenFolder(set, path.resolve(given));
  const folder = await cacheFolder(set);
  if ((await missingFrom(set, folder)).length > 0) {
    report(`Building ${set.title} into ${folder} (once; some minutes) …`);
    await buildBinaries(set, folder);
  }
  return folder;
}

async function givenFolder(set: BinarySet, folder: string): Promise<string> {
  const missing = await missingFrom(set, folder);
  if (missing.length === 0) return folder;
  throw new AuditError({
    code: "test-binaries-missing",
    what: `${set.variable} names ${folder}, which has no executable ${missing.join(", ")}`,
    where: { folder },
    mend: `Put ${set.title} there${set.elsewhere}, or unset ${set.variable} to have them built with Go.`,
  });
}

async function missingFrom({ names }: BinarySet, folder: string): Promise<readonly string[]> {
  const present = await Promise.all(names.map((name) => isExecutable(path.join(folder, name))));
  return names.filter((_, index) => present[index] === false);
}

async function isExecutable(file: string): Promise<boolean> {
  return await access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** With another content of the module they are other binaries. */
async function cacheFolder({ module, names, packages, folderName }: BinarySet): Promise<string> {
  const hash = createHash("sha256");
  const sources = packages === undefined ? names.map((name) => `${name}/main.go`) : [];
  for (const source of ["go.mod", "go.sum", ...sources]) {
    hash.update(await readFile(path.join(module, source))).update("\0");
  }
  const digest = hash.digest("hex").slice(0, 12);
  const cache = process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache");
  return path.join(cache, "ingress-audit", `${folderName}-${digest}`);
}
