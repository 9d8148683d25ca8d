import { lstat, readlink, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PathSelector } from "../../ports/git-history.ts";
import type { GitRepository } from "./git-repository.ts";
import { literalPath } from "./pathspec.ts";
import { readLeftOut } from "./read-left-out.ts";
import { decodePath, decodeText, NAME_NOT_UTF8, splitFields } from "./split-fields.ts";
import type { TreeEntry, UnreadablePath } from "./tree-entry.ts";

export interface WorktreeEntries {
  /** By path; the blobs of files on disk are still unknown (""), as only few of them will be read. */
  readonly entries: ReadonlyMap<string, TreeEntry>;
  readonly unreadable: readonly UnreadablePath[];
}

/** Every path of the work tree that counts, with what it is on disk now. */
export async function readWorktreeEntries(
  repository: GitRepository,
  root: string,
  selector: PathSelector,
): Promise<WorktreeEntries> {
  const listed = await listPaths(repository, selector);
  const entries = new Map<string, TreeEntry>();
  const entryOnDisk = diskReader(await realpath(root));
  for (const path of listed.paths) {
    const entry = await entryOnDisk(path);
    if (entry !== null) entries.set(path, entry);
  }
  const leftOut = await readLeftOut(
    repository,
    new Set([...listed.skipped].filter((path) => !entries.has(path))),
  );
  for (const [path, entry] of leftOut.entries) entries.set(path, entry);
  return { entries, unreadable: [...listed.unreadable, ...leftOut.unreadable] };
}

interface ListedPaths {
  readonly paths: ReadonlySet<string>;
  /** Those that a sparse checkout may leave out. */
  readonly skipped: ReadonlySet<string>;
  readonly unreadable: readonly UnreadablePath[];
}

async function listPaths(repository: GitRepository, selector: PathSelector): Promise<ListedPaths> {
  const paths = new Set<string>();
  const skipped = new Set<string>();
  const unreadable: UnreadablePath[] = [];
  const add = (name: string, tag: string) => {
    const path = decodePath(name);
    if (path === null) unreadable.push({ path: decodeText(name), reason: NAME_NOT_UTF8 });
    else if (!path.endsWith("/")) {
      paths.add(path);
      if (tag === "S") skipped.add(path);
    }
  };
  const usual = await repository.inWorkTree([
    "ls-files",
    "-z",
    "-t",
    "--cached",
    "--others",
    "--exclude-standard",
  ]);
  for (const field of splitFields(usual)) add(field.slice(2), field.slice(0, 1));
  for (const field of splitFields(await listIgnored(repository, selector, paths))) add(field, "?");
  return { paths, skipped, unreadable };
}

/** An ignored file counts where the selector names it, or an ignored folder that holds it. */
async function listIgnored(
  repository: GitRepository,
  selector: PathSelector,
  known: ReadonlySet<string>,
): Promise<Buffer> {
  const named = selector.pathspecs.flatMap((pathspec) => literalPath(pathspec) ?? []);
  const ignored = named.filter(
    (path) => !known.has(path) && ![...known].some((listed) => listed.startsWith(`${path}/`)),
  );
  if (ignored.length === 0) return Buffer.alloc(0);
  return repository.inWorkTree([
    "ls-files",
    "-z",
    "--others",
    "--",
    ...ignored.map((path) => `:(literal)${path}`),
  ]);
}

/**
 * What lies at a path. A tracked path may by now lie beyond a link that took its folder's place; then it is gone, as
 * for git.
 */
function diskReader(root: string): (path: string) => Promise<TreeEntry | null> {
  const realFolders = new Map<string, Promise<boolean>>();
  const isRealFolder = (folder: string): Promise<boolean> => {
    const known =
      realFolders.get(folder) ??
      realpath(folder).then(
        (real) => real === folder,
        () => false,
      );
    realFolders.set(folder, known);
    return known;
  };
  return async (path) => {
    const absolute = join(root, path);
    if (!(await isRealFolder(dirname(absolute)))) return null;
    const stats = await lstat(absolute).catch(() => null);
    if (stats === null) return null;
    if (stats.isSymbolicLink()) return { kind: "link", target: await readlink(absolute) };
    if (stats.isDirectory()) return { kind: "submodule" }; // the only folder that git lists as a path
    return stats.isFile() ? { kind: "file", blob: "" } : null;
  };
}
