/** The pull requests of one repository. */
export interface PullRequests {
  /**
   * @returns null where there is none of that number.
   * @throws {AuditError} `forge-…`.
   */
  read(number: number, signal: AbortSignal): Promise<ForgePullRequest | null>;
}

export interface ForgePullRequest {
  readonly number: number;
  readonly state: "open" | "merged" | "closed";
  /** The branch that it is to be merged into, and its tip as the forge knows it. */
  readonly baseRef: string;
  readonly baseSha: string;
  readonly headRef: string;
  readonly headSha: string;
  /** `owner/name` of the repository that the head is in; null where that is gone. */
  readonly headRepository: string | null;
}
