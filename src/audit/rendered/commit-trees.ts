import type { GraphIndex } from "../../attribute/history/index-graph.ts";
import { nearestChange } from "../../attribute/history/nearest-change.ts";
import type { FileChange } from "../../model/commit-graph.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import type { SourceTree } from "../../ports/source-renderer.ts";

/** The files of any commit of a graph, as far as the graph's selection reaches. */
export interface CommitTrees {
  readonly at: (commit: number) => SourceTree;
}

/** A tree is never laid out: a path's content at a commit is the nearest change along first parents. */
export function commitTrees(index: GraphIndex, git: GitHistory): CommitTrees {
  const byPath = new Map<string, (commit: number) => FileChange | null>();
  for (const [path, changes] of Map.groupBy(index.graph.changes, (change) => change.path)) {
    byPath.set(path, nearestChange(index, changes));
  }
  const paths = [...byPath.keys()].sort();
  const read = rememberBlobs(git);
  return {
    at: (commit) => {
      const blobOf = (path: string) => byPath.get(path)?.(commit)?.blob ?? null;
      return {
        blobOf,
        filesBelow: (folder) => pathsBelow(paths, folder).filter((path) => blobOf(path) !== null),
        read: async (path) => {
          const blob = blobOf(path);
          return blob === null ? null : read(blob);
        },
      };
    },
  };
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
