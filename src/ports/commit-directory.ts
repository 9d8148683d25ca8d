import type { PullRequest } from "../model/commit.ts";

/** What a forge knows of commits that Git does not: who their authors are there, and how they were merged. */
export interface CommitDirectory {
  /**
   * @param shas Commits of the audited repository; looked up once each, in batches.
   * @returns What is known, by sha. A commit that the forge does not know is left out: it was never pushed.
   * @throws {AuditError} `forge-forbidden`, `forge-unreachable`, `forge-rate-limited`.
   */
  lookUp(shas: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, ForgeCommit>>;
}

export interface ForgeCommit {
  /** Logins by lower-case e-mail address, of the author and the co-authors that the forge has an account for. */
  readonly logins: ReadonlyMap<string, string>;
  /** The merged pull request by which the commit came, else the open one that holds it; null where there is none. */
  readonly pullRequest: PullRequest | null;
  /** True where that one is open: it holds the commit, which may have come by another or by none. */
  readonly isOpen?: boolean;
  /** Web page of the commit. */
  readonly url: string;
  /** Why its pull request could not be looked up, and how to mend that; absent where it could. */
  readonly withheld?: { readonly what: string; readonly mend: string };
}
