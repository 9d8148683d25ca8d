/** The issues of one repository, as far as this program opened them. */
export interface IssueTracker {
  /** @returns This program's own issues that carry the label, open and closed, by ascending number; bodies whole. */
  listOwn(label: string, signal: AbortSignal): Promise<readonly TrackedIssue[]>;
  /** All comments of an issue, oldest first. */
  listComments(number: number, signal: AbortSignal): Promise<readonly IssueComment[]>;
  create(issue: NewIssue, signal: AbortSignal): Promise<TrackedIssue>;
  /** Only what is given changes. */
  update(number: number, change: IssueChange, signal: AbortSignal): Promise<TrackedIssue>;
  comment(number: number, body: string, signal: AbortSignal): Promise<IssueComment>;
  addLabels(number: number, labels: readonly string[], signal: AbortSignal): Promise<void>;
  removeLabel(number: number, label: string, signal: AbortSignal): Promise<void>;
  /** @returns Those of the logins that can be assigned; the others are left out. */
  assignable(logins: readonly string[], signal: AbortSignal): Promise<readonly string[]>;
}

export interface TrackedIssue {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: "open" | "closed";
  /** Whether this program closed it; a person's close is respected. null while it is open or where nothing tells. */
  readonly closedByUs: boolean | null;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt: string | null;
  readonly commentCount: number;
}

export interface IssueComment {
  readonly id: number;
  readonly body: string;
  readonly author: string;
  /** True for this program's own. */
  readonly isOwn: boolean;
  /** Whether the author is somebody who may manage the repository's issues; false for our own and other programs'. */
  readonly isTrusted: boolean;
  readonly createdAt: string;
  readonly url: string;
}

export interface NewIssue {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

export interface IssueChange {
  readonly title?: string;
  readonly body?: string;
  readonly state?: "open" | "closed";
  /** Why it is closed. */
  readonly stateReason?: "completed" | "not_planned" | "duplicate" | "reopened";
  readonly assignees?: readonly string[];
}
