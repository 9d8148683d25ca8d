import type { FileListing, ListedFile, PathSelector } from "../../ports/git-history.ts";
import { literalPath } from "./pathspec.ts";
import { type LinkEnd, resolveLink } from "./resolve-link.ts";
import type { TreeEntry, UnreadablePath } from "./tree-entry.ts";

/** Links to folders that hold such links can multiply without end. */
const MAX_PATHS_THROUGH_LINKS = 100_000;

/**
 * The files of a snapshot that the selector takes. A link to a file counts as a file at the link's path; a link to a
 * folder as that folder's files below the link's path.
 *
 * @param entries    Every path of the snapshot; links are resolved among these only, so never out of it.
 * @param unreadable What could not even be listed.
 */
export function selectFiles(
  entries: ReadonlyMap<string, TreeEntry>,
  selector: PathSelector,
  unreadable: readonly UnreadablePath[],
): FileListing {
  const files: ListedFile[] = [];
  const failed = unreadable.filter(({ path }) => isWanted(path, selector));
  const links: string[] = [];
  const submodules: string[] = [];
  for (const [path, entry] of entries) {
    if (entry.kind === "link") links.push(path);
    else if (entry.kind === "file") {
      if (selector.matches(path)) files.push({ path, blob: entry.blob, linkTarget: null });
    } else if (isWanted(path, selector)) failed.push({ path, reason: "The path is a submodule" });
    else if (mayHold(path, selector)) submodules.push(path);
  }
  const followed = followLinks(links, entries, selector);
  return {
    files: [...files, ...followed.files].sort(byPath),
    unreadable: [...failed, ...followed.unreadable].sort(byPath),
    submodules: submodules.sort(),
  };
}

/** Whether a folder that is not read lies where the selector looks for files. */
function mayHold(folder: string, { pathspecs }: PathSelector): boolean {
  return (
    pathspecs.length === 0 ||
    pathspecs.some((pathspec) => {
      const named = literalPath(pathspec);
      return named === null || isInside(folder, named);
    })
  );
}

/**
 * Whether a path that cannot be read must be told. One that leads nowhere might have been a folder, so a selector that
 * names it, or something below it, wants it too.
 */
function isWanted(path: string, selector: PathSelector): boolean {
  return (
    selector.matches(path) ||
    selector.pathspecs.some((pathspec) => {
      const named = literalPath(pathspec);
      return named === path || named?.startsWith(`${path}/`) === true;
    })
  );
}

function followLinks(
  links: readonly string[],
  entries: ReadonlyMap<string, TreeEntry>,
  selector: PathSelector,
): { files: ListedFile[]; unreadable: UnreadablePath[] } {
  const files: ListedFile[] = [];
  const unreadable: UnreadablePath[] = [];
  if (links.length === 0) return { files, unreadable };
  const folders = foldersOf(entries);
  const below = belowFolder(entries);
  let budget = MAX_PATHS_THROUGH_LINKS;

  const take = (path: string, end: LinkEnd, within: readonly string[]): void => {
    if (end.kind === "nowhere") refuse(path, end.reason);
    else if (end.kind === "file") {
      if (selector.matches(path)) files.push({ path, blob: end.blob, linkTarget: end.path });
    } else if (within.some((folder) => isInside(folder, end.path)))
      refuse(path, "The link leads round in a circle");
    else expand(path, end.path, [...within, end.path]);
  };
  const expand = (path: string, folder: string, within: readonly string[]): void => {
    for (const real of below(folder)) {
      budget -= 1;
      if (budget < 0) {
        refuse(path, "The link leads to too many files");
        return;
      }
      const entry = entries.get(real);
      const apparent = path + real.slice(folder.length === 0 ? -real.length - 1 : folder.length);
      if (entry?.kind === "file") take(apparent, { kind: "file", path: real, blob: entry.blob }, within);
      else if (entry?.kind === "link") take(apparent, resolveLink(real, entries, folders), within);
    }
  };
  const refuse = (path: string, reason: string): void => {
    if (isWanted(path, selector)) unreadable.push({ path, reason });
  };
  for (const link of links) take(link, resolveLink(link, entries, folders), [parentOf(link)]);
  return { files, unreadable };
}

/** True where `path` is `folder` or lies in it. */
function isInside(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function foldersOf(entries: ReadonlyMap<string, TreeEntry>): Set<string> {
  const folders = new Set([""]);
  for (const path of entries.keys()) {
    for (let folder = parentOf(path); !folders.has(folder); folder = parentOf(folder)) folders.add(folder);
  }
  return folders;
}

/** Paths below a folder, found by bisection: "/" sorts right before "0". */
function belowFolder(entries: ReadonlyMap<string, TreeEntry>): (folder: string) => readonly string[] {
  const sorted = [...entries.keys()].sort();
  const firstFrom = (text: string): number => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? "") < text) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (folder) =>
    folder === "" ? sorted : sorted.slice(firstFrom(`${folder}/`), firstFrom(`${folder}0`));
}

function byPath(left: { readonly path: string }, right: { readonly path: string }): number {
  return left.path < right.path ? -1 : left.path > right.path ? 1 : 0;
}
