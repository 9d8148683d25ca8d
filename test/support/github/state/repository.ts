import type { Commit } from "./commits.ts";
import type { User } from "./users.ts";

export type Role = "read" | "triage" | "write" | "maintain" | "admin";

export interface Label {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

export interface IssueEvent {
  readonly id: number;
  readonly event: "labeled" | "unlabeled" | "assigned" | "unassigned" | "renamed" | "closed" | "reopened";
  readonly actor: User;
  readonly createdAt: string;
  readonly label?: Label;
  readonly assignee?: User;
  readonly rename?: { readonly from: string; readonly to: string };
  readonly stateReason?: string | null;
}

export interface Issue {
  readonly id: number;
  readonly number: number;
  readonly user: User;
  readonly createdAt: string;
  /** From when on lists, and searches, show it: milliseconds since 1970. */
  readonly listedAtMs: number;
  readonly indexedAtMs: number;
  title: string;
  body: string | null;
  state: "open" | "closed";
  stateReason: string | null;
  labels: Label[];
  assignees: User[];
  updatedAt: string;
  closedAt: string | null;
  closedBy: User | null;
  readonly events: IssueEvent[];
  readonly pull?: Pull;
}

export interface Comment {
  readonly id: number;
  readonly issue: number;
  readonly user: User;
  readonly createdAt: string;
  readonly listedAtMs: number;
  body: string;
  updatedAt: string;
}

export interface Review {
  readonly id: number;
  readonly user: User;
  readonly state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED";
  readonly body: string;
  readonly commit: string;
  readonly submittedAt: string;
}

export interface PullFile {
  readonly filename: string;
  readonly status: "added" | "removed" | "modified" | "renamed";
  readonly previousFilename?: string;
  readonly additions: number;
  readonly deletions: number;
  readonly patch?: string;
}

/** What a pull request has beyond the issue that it is. */
export interface Pull {
  readonly head: { readonly ref: string; readonly sha: string; readonly fork: string | null };
  /** Of this repository, unless it is merged into another one that shares its commits. */
  readonly base: { readonly ref: string; readonly sha: string; readonly repository?: Repository };
  readonly draft: boolean;
  /** Its own commits, oldest first. */
  readonly commits: readonly string[];
  /** Null: to be asked of the real repository. */
  readonly files: readonly PullFile[] | null;
  readonly reviews: Review[];
  mergedAt: string | null;
  mergedBy: User | null;
  mergeCommit: string | null;
}

export interface DeploymentStatus {
  readonly id: number;
  readonly state: "error" | "failure" | "inactive" | "in_progress" | "queued" | "pending" | "success";
  readonly creator: User;
  readonly createdAt: string;
  readonly description: string;
  readonly logUrl: string;
  readonly environmentUrl: string;
}

export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  readonly environment: string;
  readonly description: string | null;
  readonly payload: object | string;
  readonly creator: User;
  readonly createdAt: string;
  /** Oldest first. */
  readonly statuses: DeploymentStatus[];
}

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: "notice" | "warning" | "failure";
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
  readonly start_column?: number;
  readonly end_column?: number;
}

export interface CheckRun {
  readonly id: number;
  readonly headSha: string;
  name: string;
  status: "queued" | "in_progress" | "completed";
  conclusion: string | null;
  readonly startedAt: string;
  completedAt: string | null;
  externalId: string;
  detailsUrl: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  /** All that were sent, in every request: each one appends. */
  readonly annotations: Annotation[];
}

export interface SarifUpload {
  readonly id: string;
  readonly commit: string;
  readonly ref: string;
  /** Unpacked and parsed. */
  readonly sarif: unknown;
}

export interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly runId: number;
  readonly headSha: string;
  readonly headBranch: string;
  readonly createdAt: string;
  readonly zip: Buffer;
  expired: boolean;
}

export interface Repository {
  readonly id: number;
  readonly owner: User;
  readonly name: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly hasIssues: boolean;
  /** Of a real repository, bare or not; null where commits and files were given in words. */
  readonly gitDir: string | null;
  /** Those of `gitDir` that were read, by sha. */
  readonly commits: Map<string, Commit>;
  /** Who may be assigned; logins in lower case. */
  readonly collaborators: Set<string>;
  /** Of those whose role is not the usual one: `write` for collaborators, `read` for others; logins in lower case. */
  readonly roles: Map<string, Role>;
  readonly files: Map<string, string>;
  readonly labels: Map<string, Label>;
  readonly issues: Map<number, Issue>;
  readonly comments: Map<number, Comment>;
  readonly deployments: Map<number, Deployment>;
  readonly checkRuns: Map<number, CheckRun>;
  readonly sarifs: Map<string, SarifUpload>;
  readonly artifacts: Map<number, Artifact>;
}
