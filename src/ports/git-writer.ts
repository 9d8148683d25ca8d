/** Writes to one Git repository: objects and new branches; never the work tree, the index or a ref that exists. */
export interface GitWriter {
  /** @returns The changes as `git apply` takes them. */
  diff(base: string, changes: readonly FileChange[]): Promise<Buffer>;
  /**
   * Commit the changes on top of a commit, as the user, on a branch that does not exist yet.
   *
   * @returns The new commit's sha.
   * @throws {AuditError} `branch-exists`, `branch-name`, `git-identity-missing`.
   */
  commitOnNewBranch(commit: NewCommit): Promise<string>;
  /** Push a branch to `origin`, which must not have it yet. @throws {AuditError} `push-failed`. */
  push(branch: string): Promise<void>;
}

export interface FileChange {
  /** Repository-relative. */
  readonly path: string;
  /** null for a file that is new. */
  readonly before: Buffer | null;
  /** null for a file that goes. */
  readonly after: Buffer | null;
}

export interface NewCommit {
  readonly branch: string;
  /** The commit that it is made on. */
  readonly base: string;
  readonly changes: readonly FileChange[];
  readonly message: string;
}
