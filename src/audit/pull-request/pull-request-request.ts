import type { ClusterReader } from "../../ports/cluster-reader.ts";
import type { CommentThread } from "../../ports/comment-thread.ts";
import type { CommitDirectory } from "../../ports/commit-directory.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";

/** The pull request, as the forge tells of it. */
export interface PullRequestFacts {
  readonly number: number;
  /** The branch that it is to be merged into, as people write it. */
  readonly baseRef: string;
  /** A revision for the tip of that branch. */
  readonly baseRevision: string;
  /** As people write it: `feature`, `bob:feature`. */
  readonly headRef: string;
  /** 40 hex digits. */
  readonly headSha: string;
  /** The commit of `refs/pull/N/merge`; null where the forge made none, or it is not at hand. */
  readonly mergeSha: string | null;
  readonly state: "open" | "merged" | "closed";
}

export interface PullRequestRequest {
  /** How to audit; its `ref` and `worktree` are not heeded. */
  readonly audit: AuditRequest;
  readonly pullRequest: PullRequestFacts;
}

/** Of an audit, but the cluster may be missing, as for a pull request from a fork. */
export interface ReviewPorts extends Omit<AuditPorts, "cluster"> {
  readonly cluster: ClusterReader | null;
  /** Who the commits' authors are on the forge, and by which pull request they came; null where nothing tells. */
  readonly directory: CommitDirectory | null;
}

export interface PullRequestPorts extends ReviewPorts {
  /** null where nothing may be posted. */
  readonly thread: CommentThread | null;
}
