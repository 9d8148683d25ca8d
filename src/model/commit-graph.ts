/** One commit of the graph; refers to others by their index. */
export interface CommitNode {
  readonly sha: string;
  /** Indices of the parents that are present, in Git's order. */
  readonly parents: readonly number[];
  /** Seconds since the epoch. */
  readonly committedAt: number;
  /** Seconds since the epoch: a commit that was rebased or amended was written earlier than it was committed. */
  readonly authoredAt?: number;
  /** The committer's address, to tell whether the same hand made two commits; left out where unknown. */
  readonly committer?: string;
  /** True for a merge whose message says that it took a branch or a pull request into the line it stands on. */
  readonly isMergeOfBranch?: boolean;
  /** True where history was cut here: the commit has parents that a shallow clone does not hold. */
  readonly isBoundary: boolean;
}

export interface GraphRef {
  /** As people write it: `main`, `origin/feature`, `refs/pull/12/head`. */
  readonly name: string;
  readonly commit: number;
}

/** The state of one path after one commit, where it differs from the state in the commit's first parent. */
export interface FileChange {
  readonly commit: number;
  readonly path: string;
  /** Object id of the content; null where the commit deleted the path. */
  readonly blob: string | null;
  /** Object id before, in the first parent; null where the path did not exist. */
  readonly previousBlob: string | null;
}

/**
 * The commits reachable from the audited commit and from every other ref, children before parents, with what each
 * changed under the audited paths relative to its first parent. A merge's changes are likewise those against its
 * first parent, so the state of a path at any commit is the nearest change along first parents.
 */
export interface CommitGraph {
  readonly commits: readonly CommitNode[];
  /** Index of the audited commit. */
  readonly head: number;
  /** Refs other than the audited one. */
  readonly otherRefs: readonly GraphRef[];
  readonly changes: readonly FileChange[];
}
