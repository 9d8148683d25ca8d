import type { CommitDetails } from "../model/commit.ts";
import type { CommitGraph } from "../model/commit-graph.ts";

/** Read access to one Git repository, from its object store. */
export interface GitHistory {
  /** The work tree's root folder; null for a bare repository. */
  readonly workTree: string | null;
  /**
   * @param revision A branch, tag, sha or any other revision.
   * @returns The commit's 40 hex digits.
   * @throws {AuditError} `ref-not-found`.
   */
  resolveCommit(revision: string): Promise<string>;
  /** The branch that is checked out; null on a detached HEAD. */
  currentBranch(): Promise<string | null>;
  /** `owner/name` from the origin remote, or null. */
  repositoryName(): Promise<string | null>;
  /** The addresses that the repository is fetched from and pushed to. */
  remoteUrls(): Promise<readonly string[]>;
  isShallow(): Promise<boolean>;
  /** Fetch the history that a shallow clone lacks. @throws {AuditError} `deepen-failed`. */
  deepen(): Promise<void>;
  /** The files of a commit, or of the work tree, that the selector takes; symbolic links inside the repository followed. */
  listFiles(at: Snapshot, selector: PathSelector): Promise<FileListing>;
  /** The content of each blob, in the order asked for. @throws {AuditError} `object-missing`. */
  readBlobs(blobs: readonly string[]): AsyncIterable<BlobContent>;
  /**
   * Every commit reachable from the audited one, from other refs and from the further commits given, with its changes
   * under the selected paths.
   */
  readGraph(commit: string, selector: PathSelector, further?: readonly string[]): Promise<CommitGraph>;
  /** A commit's parents, in Git's order; those too that a shallow clone does not hold. @throws {AuditError} `object-missing`. */
  parentsOf(sha: string): Promise<readonly string[]>;
  /** The best common ancestor of two commits; null where the history at hand shows none. */
  mergeBase(left: string, right: string): Promise<string | null>;
  /**
   * Of commits that hold rendered output, the commit that each was rendered from, where it says so and this clone holds
   * it; nothing for others.
   */
  sourceCommits(shas: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * The newest commit that each e-mail address authored, among the ancestors of a commit, by the address in lower case;
   * nothing for those that authored none.
   */
  newestCommitsBy(emails: readonly string[], head: string): Promise<ReadonlyMap<string, string>>;
  /**
   * Start Git on a graph that will probably be read, so that it walks while the manifests are parsed. To dispose of
   * what this returns ends the walk, if it is not over.
   */
  anticipateGraph(commit: string, selector: PathSelector, further?: readonly string[]): Disposable;
  /**
   * What each of the commits changed against its first parent, by its sha, in any path that matches, selected for the
   * audit or not.
   */
  readChanges(
    shas: readonly string[],
    matches: (path: string) => boolean,
  ): Promise<ReadonlyMap<string, readonly PathChange[]>>;
  /**
   * Details of commits, in the order asked for; `UNCOMMITTED` stands for the work tree.
   *
   * @param head The audited commit: its .mailmap counts, and the merges by which the commits reached it.
   * @throws {AuditError} `object-missing`.
   */
  describeCommits(shas: readonly string[], head: string): Promise<readonly CommitDetails[]>;
}

/** Where to read files from: a commit's tree, or the work tree as it lies on disk. */
export type Snapshot = { readonly kind: "commit"; readonly sha: string } | { readonly kind: "worktree" };

/** Which paths count; repository-relative, `/`-separated. */
export interface PathSelector {
  /** Git pathspecs (literal folders or files, or `:(glob)…`) that hold every path the predicate may take; empty means all. */
  readonly pathspecs: readonly string[];
  readonly matches: (path: string) => boolean;
  /** True where no manifest of the repository is left out. */
  readonly isWhole?: boolean;
}

export interface FileListing {
  /** Sorted by path. */
  readonly files: readonly ListedFile[];
  /** Symbolic links that lead nowhere or out of the repository. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  /** Paths of submodules that may hold files the selector would take; what is in them is not read. */
  readonly submodules: readonly string[];
}

export interface ListedFile {
  readonly path: string;
  /** Object id of the content; for the work tree, of the content as `git hash-object` would name it. */
  readonly blob: string;
  /** Set where the path is a symbolic link: the path it leads to. */
  readonly linkTarget: string | null;
}

export interface PathChange {
  readonly path: string;
  /** Object id of the content before; null where the commit added the path. */
  readonly previousBlob: string | null;
  /** Object id of the content after; null where the commit deleted the path. */
  readonly blob: string | null;
}

export interface BlobContent {
  readonly blob: string;
  readonly content: Buffer;
}
