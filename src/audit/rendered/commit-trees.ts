import type { GraphIndex } from "../../attribute/history/index-graph.ts";
import { nearestChange } from "../../attribute/history/nearest-change.ts";
import type { FileChange } from "../../model/commit-graph.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import type { SourceTree } from "../../ports/source-renderer.ts";

/** The files of any commit of a graph, as far as the graph's selection reaches. */
export interface CommitTrees {
  readonly at: (commit: number) => SourceTree;
  /** The commits that changed one of the paths, or a file in one of the folders; in the graph's order. */
  readonly touching: (watched: ReadonlySet<string>) => readonly number[];
  /** Read, all at once, what of it is likely to be asked for at any of those commits. */
  readonly readAhead: (watched: ReadonlySet<string>) => Promise<void>;
}

/**
 * A tree is never laid out: a path's content at a commit is the nearest change along first parents.
 *
 * @param links Symbolic links of the audited commit. The graph knows none; where an older commit has nothing of its own at
 *   such a path, what the link leads to stood there then too.
 */
export function commitTrees(
  index: GraphIndex,
  git: GitHistory,
  links: ReadonlyMap<string, string>,
): CommitTrees {
  const changesOf = Map.groupBy(index.graph.changes, (change) => change.path);
  const byPath = new Map<string, (commit: number) => FileChange | null>();
  for (const [path, changes] of changesOf) byPath.set(path, nearestChange(index, changes));
  const paths = [...new Set([...byPath.keys(), ...links.keys()])].sort();
  const read = rememberBlobs(git);
  const known = new Map<number, SourceTree>();
  const changesIn = (watched: ReadonlySet<string>) => {
    const found = new Set([...watched].flatMap((path) => [path, ...pathsBelow(paths, path)]));
    return [...found].flatMap((path) => changesOf.get(path) ?? []);
  };
  return {
    touching: (watched) => {
      const commits = new Set(changesIn(watched).map(({ commit }) => commit));
      return [...commits].sort((left, right) => left - right);
    },
    readAhead: async (watched) => {
      const blobs = changesIn(watched).flatMap(({ path, blob }) =>
        blob !== null && isText(path) ? [blob] : [],
      );
      await Promise.all(blobs.map(read));
    },
    at: (commit) => {
      const remembered = known.get(commit);
      if (remembered !== undefined) return remembered;
      const ownBlob = (path: string) => byPath.get(path)?.(commit)?.blob ?? null;
      const blobOf = (path: string) => ownBlob(path) ?? ownBlob(links.get(path) ?? path);
      const tree: SourceTree = {
        blobOf,
        filesBelow: (folder) => pathsBelow(paths, folder).filter((path) => blobOf(path) !== null),
        read: async (path) => {
          const blob = blobOf(path);
          return blob === null ? null : read(blob);
        },
      };
      known.set(commit, tree);
      return tree;
    },
  };
}

/** What says what a source is and what it renders to; the rest is read where it is asked for. */
function isText(path: string): boolean {
  return /\.(?:ya?ml|json|tpl|env|properties)$|(?:^|\/)Kustomization$/i.test(path);
}

/** What is watched, and what the links among it lead to: that is where its history is. */
export function withLinkTargets(
  watched: ReadonlySet<string>,
  links: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const targets = [...links].flatMap(([path, target]) => (isWatched(path, watched) ? [target] : []));
  return targets.length === 0 ? watched : new Set([...watched, ...targets]);
}

/** Whether a path is one of the watched, or lies in a watched folder. */
export function isWatched(path: string, watched: ReadonlySet<string>): boolean {
  if (watched.has(".")) return true;
  for (let at = path; at !== ""; at = at.slice(0, Math.max(at.lastIndexOf("/"), 0))) {
    if (watched.has(at)) return true;
  }
  return false;
}

export function pathsBelow(sorted: readonly string[], folder: string): readonly string[] {
  if (folder === "." || folder === "") return sorted;
  const prefix = `${folder}/`;
  const start = lowerBound(sorted, prefix);
  let end = start;
  while (sorted[end]?.startsWith(prefix) === true) end += 1;
  return sorted.slice(start, end);
}

function lowerBound(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? "") < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Each blob is read once; what is asked for in one turn of the event loop is read in one batch. */
export function rememberBlobs(git: GitHistory): (blob: string) => Promise<Buffer> {
  const known = new Map<string, Promise<Buffer>>();
  let batch: Map<string, PromiseWithResolvers<Buffer>> | null = null;
  const readBatch = async (asked: ReadonlyMap<string, PromiseWithResolvers<Buffer>>) => {
    try {
      for await (const { blob, content } of git.readBlobs([...asked.keys()]))
        asked.get(blob)?.resolve(content);
    } catch (error) {
      for (const { reject } of asked.values()) reject(error);
    }
  };
  return (blob) => {
    const remembered = known.get(blob);
    if (remembered !== undefined) return remembered;
    if (batch === null) {
      const next = new Map<string, PromiseWithResolvers<Buffer>>();
      batch = next;
      setImmediate(() => {
        batch = null;
        void readBatch(next);
      });
    }
    const answer = Promise.withResolvers<Buffer>();
    batch.set(blob, answer);
    known.set(blob, answer.promise);
    return answer.promise;
  };
}
