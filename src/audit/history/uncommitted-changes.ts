import { UNCOMMITTED } from "../../model/commit.ts";
import type { CommitGraph, FileChange } from "../../model/commit-graph.ts";
import type { ListedFile } from "../../ports/git-history.ts";

/** The graph with one more commit on top of the audited one: what the work tree holds and Git does not yet. */
export function withUncommitted(
  graph: CommitGraph,
  committed: readonly ListedFile[],
  worktree: readonly ListedFile[],
  now: Date,
): CommitGraph {
  const shift = (commit: number) => commit + 1;
  return {
    commits: [
      {
        sha: UNCOMMITTED,
        parents: [shift(graph.head)],
        committedAt: Math.floor(now.getTime() / 1000),
        isBoundary: false,
      },
      ...graph.commits.map((commit) => ({ ...commit, parents: commit.parents.map(shift) })),
    ],
    head: 0,
    otherRefs: graph.otherRefs.map((ref) => ({ ...ref, commit: shift(ref.commit) })),
    changes: [
      ...fileChanges(committed, worktree),
      ...graph.changes.map((change) => ({ ...change, commit: shift(change.commit) })),
    ],
  };
}

function fileChanges(committed: readonly ListedFile[], worktree: readonly ListedFile[]): FileChange[] {
  const before = new Map(committed.map((file) => [file.path, file.blob]));
  const after = new Map(worktree.map((file) => [file.path, file.blob]));
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((path) => {
    const blob = after.get(path) ?? null;
    const previousBlob = before.get(path) ?? null;
    return blob === previousBlob ? [] : [{ commit: 0, path, blob, previousBlob }];
  });
}
