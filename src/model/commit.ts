/** A person as Git records one, unified by .mailmap. */
export interface Person {
  readonly name: string;
  readonly email: string;
  /** The forge's login; null until a forge has proven it. */
  readonly login: string | null;
}

/** A commit that a report names. */
export interface CommitDetails {
  readonly sha: string;
  readonly author: Person;
  readonly coAuthors: readonly Person[];
  /** UTC, ISO 8601. */
  readonly authoredAt: string;
  readonly committedAt: string;
  readonly subject: string;
  readonly pullRequest: PullRequest | null;
}

export interface PullRequest {
  readonly number: number;
  readonly url: string | null;
  readonly mergedBy: string | null;
  readonly approvedBy: readonly string[];
}

/** The sha that stands for uncommitted changes of the work tree, as in git-blame. */
export const UNCOMMITTED = "0".repeat(40);
