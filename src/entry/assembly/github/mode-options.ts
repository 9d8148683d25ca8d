import type { DriftIssueOptions } from "../../../audit/drift-issues/drift-issue-options.ts";
import type { FailOn } from "../fail-on.ts";

/** When a run fails because of what it found. */
export interface FailureOptions {
  /** By the configuration, else `pending`, unless given. */
  readonly failOn?: FailOn;
  readonly allowProblems: boolean;
}

export interface DeployOptions {
  /** Where GitHub keeps its record of deployments; nothing is looked up or recorded without. */
  readonly environment?: string;
  readonly timeoutMs: number;
  /** What the cluster ran before; else what GitHub has recorded, else what was pushed upon, else the first parent. */
  readonly previousRevision?: string;
  /** Whether differences fail too that the deployment has nothing to do with. */
  readonly failOnOtherDrift: boolean;
}

/** How a review of a pull request is told. */
export interface CommentOptions {
  /** Its number; that of the event which started the workflow unless given. */
  readonly pullRequest?: number;
  /** Tells this audit's comment, or issues, from those of another one with the same cluster and configuration. */
  readonly commentKey?: string;
  /** Mention people whose login is proven. */
  readonly mentions: boolean;
}

/** How issues are kept. */
export type IssueOptions = Omit<DriftIssueOptions, "allowProblems">;
export const ISSUE_PER = ["ingress", "cluster"] as const;

export const DEPLOY_DEFAULTS: DeployOptions = { timeoutMs: 600_000, failOnOtherDrift: false };
