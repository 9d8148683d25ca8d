import {
  DRIFT_ISSUE_DEFAULTS,
  type DriftIssueOptions,
} from "../../../audit/drift-issues/drift-issue-options.ts";
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

export const DEPLOY_DEFAULTS: DeployOptions = { timeoutMs: 600_000, failOnOtherDrift: false };

/** What the comment of a pull request and the issues have in common. */
export interface PostingOptions {
  /** Mention people whose login GitHub has proven. */
  readonly mentions: boolean;
  /** Tells what this audit posts from what another one posts with the same cluster and configuration. */
  readonly commentKey?: string;
}

/** What posting and failing in general do not say of issues. */
export type IssueOptions = Omit<DriftIssueOptions, "mentions" | "allowProblems">;

export const ISSUE_DEFAULTS: IssueOptions = DRIFT_ISSUE_DEFAULTS;

export const ISSUE_PER = ["ingress", "cluster"] as const;
