import { glob, stat } from "node:fs/promises";
import path from "node:path";
import { AuditError } from "../../model/audit-error.ts";

export interface LogFile {
  /** As the user knows it: what was given, or what the glob found. */
  readonly name: string;
  /** null for standard input. */
  readonly path: string | null;
}

/**
 * The files that the arguments mean, in their order, each once; what a glob finds is sorted by name.
 *
 * @throws {AuditError} `audit-log-unreadable` where one leads to nothing: unreadable is never empty.
 */
export async function expandFiles(files: readonly string[], cwd: string): Promise<readonly LogFile[]> {
  const found = new Map<string, LogFile>();
  for (const file of files) {
    for (const each of await expand(file, cwd)) found.set(each.path ?? "-", each);
  }
  return [...found.values()];
}

/** A name with glob characters in it may be a file's own. */
async function expand(file: string, cwd: string): Promise<readonly LogFile[]> {
  if (file === "-") return [{ name: "standard input", path: null }];
  const literal = path.resolve(cwd, file);
  if ((await isFile(literal)) ?? !isGlob(file)) return [{ name: file, path: literal }];
  const names: string[] = [];
  for await (const name of glob(file, { cwd })) names.push(name);
  const matches = names.toSorted().map((name) => ({ name, path: path.resolve(cwd, name) }));
  const kinds = await Promise.all(matches.map((match) => isFile(match.path)));
  const regular = matches.filter((_, index) => kinds[index] !== false);
  if (regular.length === 0) throw noMatch(file, cwd);
  return regular;
}

/** null where there is nothing, or nothing that may be looked at; false for a folder. */
async function isFile(file: string): Promise<boolean | null> {
  return stat(file).then(
    (stats) => !stats.isDirectory(),
    () => null,
  );
}

function isGlob(file: string): boolean {
  return /[*?[\]{}]/.test(file);
}

function noMatch(file: string, cwd: string): AuditError {
  return new AuditError({
    code: "audit-log-unreadable",
    what: `No audit log matches ${file}`,
    where: { file, cwd },
    mend: "Give the path of a file that exists, a glob that matches one, or - for standard input.",
  });
}
