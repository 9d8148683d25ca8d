/** The pull requests of one repository. */
export interface PullRequests {
  /**
   * @returns null where there is none of that number.
   * @throws {AuditError} `forge-…`.
   */
  read(number: number, signal: AbortSignal): Promise<ForgePullRequest | null>;
  /**
   * Open one, and no second one where the answer was lost.
   *
   * @throws {AuditError} `forge-…`.
   */
  open(pullRequest: NewPullRequest, signal: AbortSignal): Promise<OpenedPullRequest>;
}

export interface NewPullRequest {
  readonly title: string;
  readonly body: string;
  /** Branches of the repository. */
  readonly head: string;
  readonly base: string;
}

export interface OpenedPullRequest {
  readonly number: number;
  readonly url: string;
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
