import type { CommitDirectory } from "../../ports/commit-directory.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import type { IssueTracker } from "../../ports/issue-tracker.ts";
import type { Links } from "../../report/links.ts";
import type { TracedAudit } from "../run-traced-audit.ts";
import type { DriftIssueOptions } from "./drift-issue-options.ts";

/** Which audit becomes issues, and how. */
export interface DriftIssueRequest {
  /** The audit; its commits carry the logins that a forge has proven. */
  readonly audit: TracedAudit;
  /** 16 hex digits of cluster and configuration: which issues are this audit's. */
  readonly key: string;
  readonly options: DriftIssueOptions;
  readonly links: Links;
  /** The run's web page; null where there is none. */
  readonly runUrl: string | null;
  readonly now: Date;
  readonly signal: AbortSignal;
}

export interface DriftIssuePorts {
  readonly tracker: IssueTracker;
  /** null where the forge cannot be asked for commits. */
  readonly directory: CommitDirectory | null;
  readonly git: Pick<GitHistory, "listFiles" | "readBlobs" | "newestCommitsBy">;
  readonly progress: (what: string) => void;
}
