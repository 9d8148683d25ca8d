import { createHash } from "node:crypto";
import type { FileListing, GitHistory, ListedFile } from "../../ports/git-history.ts";

/** By path, what a file holds instead; null for one that is gone. */
export type FileContents = ReadonlyMap<string, Buffer | null>;

/** A repository as it would be with some files changed: what is listed and read is changed, its history is not. */
export function withFiles(git: GitHistory, contents: FileContents): GitHistory {
  const blobs = new Map<string, Buffer>();
  const changed: ListedFile[] = [...contents].flatMap(([path, content]) => {
    if (content === null) return [];
    const blob = blobId(content);
    blobs.set(blob, content);
    return [{ path, blob, linkTarget: null }];
  });
  return {
    workTree: git.workTree,
    resolveCommit: (revision) => git.resolveCommit(revision),
    currentBranch: () => git.currentBranch(),
    repositoryName: () => git.repositoryName(),
    remoteUrls: () => git.remoteUrls(),
    isShallow: () => git.isShallow(),
    deepen: () => git.deepen(),
    listFiles: async (at, selector) => {
      const listing = await git.listFiles(at, selector);
      const selected = changed.filter(({ path }) => selector.matches(path));
      return { ...listing, files: replaced(listing.files, changed, selected, contents) };
    },
    async *readBlobs(wanted) {
      for (const blob of wanted) {
        const content = blobs.get(blob);
        if (content !== undefined) yield { blob, content };
      }
      const others = wanted.filter((blob) => !blobs.has(blob));
      if (others.length > 0) yield* git.readBlobs(others);
    },
    readGraph: (...args) => git.readGraph(...args),
    parentsOf: (sha) => git.parentsOf(sha),
    mergeBase: (left, right) => git.mergeBase(left, right),
    sourceCommits: (shas) => git.sourceCommits(shas),
    newestCommitsBy: (...args) => git.newestCommitsBy(...args),
    anticipateGraph: (...args) => git.anticipateGraph(...args),
    readChanges: (...args) => git.readChanges(...args),
    describeCommits: (...args) => git.describeCommits(...args),
  };
}

/** A link to a changed file leads to what it holds now. */
function replaced(
  files: readonly ListedFile[],
  changed: readonly ListedFile[],
  selected: readonly ListedFile[],
  contents: FileContents,
): FileListing["files"] {
  const blobs = new Map(changed.map(({ path, blob }) => [path, blob]));
  const kept = files.flatMap((file) => {
    const target = file.linkTarget ?? file.path;
    if (!contents.has(target)) return [file];
    const blob = blobs.get(target);
    return blob === undefined ? [] : [{ ...file, blob }];
  });
  const known = new Set(kept.map(({ path }) => path));
  const added = selected.filter(({ path }) => !known.has(path));
  return [...kept, ...added].sort((left, right) => (left.path < right.path ? -1 : 1));
}

/** As Git names it, so that what was rendered of the same content is known. */
function blobId(content: Buffer): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}
