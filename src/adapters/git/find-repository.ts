import { stat } from "node:fs/promises";
import { AuditError } from "../../model/audit-error.ts";
import { gitEnvironment, OFFLINE } from "./git-environment.ts";
import { GitFailure } from "./git-failure.ts";
import { readGit } from "./git-process.ts";
import type { RepositoryPlace } from "./git-repository.ts";

const OLDEST = [2, 31] as const;

/**
 * Find the repository that a folder belongs to, as git itself does.
 *
 * @throws {AuditError} `not-a-repository`, `git-missing`, `git-too-old`, `dubious-ownership`.
 */
export async function findRepository(dir: string, signal: AbortSignal | undefined): Promise<RepositoryPlace> {
  const isFolder = await whetherFolder(dir);
  if (isFolder === null) throw notARepository(dir, "the folder does not exist");
  if (!isFolder) throw notARepository(dir, "it is a file");
  const env = { ...gitEnvironment(process.env), ...OFFLINE };
  const ask = async (...args: readonly string[]) =>
    (await readGit({ cwd: dir, env, args, signal })).toString("utf8").replace(/\n$/, "");
  const place = askAtOnce(ask)
    .then((found) => found ?? askOneByOne(ask))
    .then(withoutMissingWorkTree);
  place.catch(() => {}); // awaited below, unless git is missing or too old
  checkVersion(await ask("version").catch(rethrowMissingGit));
  return await place.catch(rethrowUnusable(dir));
}

/** @returns null where nothing is there. */
async function whetherFolder(path: string): Promise<boolean | null> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => null,
  );
}

/** `core.worktree` may name what is not there, or not yet. */
async function withoutMissingWorkTree(place: RepositoryPlace): Promise<RepositoryPlace> {
  const isThere = place.workTree !== null && (await whetherFolder(place.workTree)) === true;
  return isThere ? place : { ...place, workTree: null };
}

/** @returns What git prints, without the last newline. */
type Ask = (...args: readonly string[]) => Promise<string>;

/** @returns null in a bare repository, and where a folder's name holds a newline. */
async function askAtOnce(ask: Ask): Promise<RepositoryPlace | null> {
  const answer = await ask(
    "rev-parse",
    "--show-object-format",
    "--absolute-git-dir",
    "--path-format=absolute",
    "--git-path",
    "shallow",
    "--show-toplevel",
  ).catch(() => "");
  const lines = answer.split("\n");
  const [hash = "", gitDir = "", shallowFile = "", workTree = ""] = lines;
  return lines.length === 4 ? { gitDir, workTree, shallowFile, hash: hashOf(hash) } : null;
}

async function askOneByOne(ask: Ask): Promise<RepositoryPlace> {
  const gitDir = await ask("rev-parse", "--absolute-git-dir");
  const [format, isInside, shallowFile] = await Promise.all([
    ask("rev-parse", "--show-object-format"),
    ask("rev-parse", "--is-inside-work-tree"),
    ask("rev-parse", "--path-format=absolute", "--git-path", "shallow"),
  ]);
  const workTree = isInside === "true" ? await ask("rev-parse", "--show-toplevel") : null;
  return { gitDir, workTree, shallowFile, hash: hashOf(format) };
}

function hashOf(format: string): RepositoryPlace["hash"] {
  return format === "sha256" ? "sha256" : "sha1";
}

/** @throws {AuditError} `git-too-old`. */
export function checkVersion(answer: string): void {
  const match = /(\d+)\.(\d+)/.exec(answer);
  const major = Number(match?.[1] ?? 0);
  const minor = Number(match?.[2] ?? 0);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new AuditError({
    code: "git-too-old",
    what: `git ${OLDEST.join(".")} or newer is needed, and this is "${answer.slice(0, 80)}"`,
    mend: `Install git ${OLDEST.join(".")} or newer.`,
  });
}

function rethrowMissingGit(error: unknown): never {
  if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  throw new AuditError({
    code: "git-missing",
    what: "The git command was not found",
    mend: `Install git ${OLDEST.join(".")} or newer, and put it on the PATH.`,
    cause: error,
  });
}

function rethrowUnusable(dir: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof GitFailure)) throw error;
    if (/dubious ownership|unsafe repository/.test(error.message)) {
      throw new AuditError({
        code: "dubious-ownership",
        what: `git refuses to read ${dir}, because another user owns it`,
        where: { repository: dir },
        mend: `If you trust it, run git config --global --add safe.directory ${ownedFolder(error.message) ?? dir}`,
        cause: error,
      });
    }
    throw notARepository(dir, "git finds no repository there", error);
  };
}

function ownedFolder(message: string): string | null {
  return /--add safe\.directory (\S.*)/.exec(message)?.[1] ?? null;
}

function notARepository(dir: string, why: string, cause?: unknown): AuditError {
  return new AuditError({
    code: "not-a-repository",
    what: `${dir} is not a Git repository: ${why}`,
    where: { repository: dir },
    mend: "Give the folder of a clone with --repo, or run the audit inside one.",
    cause,
  });
}
