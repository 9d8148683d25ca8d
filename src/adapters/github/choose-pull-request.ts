import type { PullRequest } from "../../model/commit.ts";

/** A pull request that the forge connects with a commit. */
export interface ConnectedPullRequest extends PullRequest {
  /** UTC, ISO 8601; null where it is not merged. */
  readonly mergedAt: string | null;
  readonly isOpen: boolean;
  /** The commit that the base got by the merge. */
  readonly mergeCommit: string | null;
  /** Whether it brought the commit, and does not merely hold it because its branch began after it. */
  readonly isSource: boolean;
}

/**
 * The one by which the commit came: whose merge made it, else the first one that brought it. Where there is none, an open
 * one that holds it.
 */
export function choosePullRequest(
  sha: string,
  connected: readonly ConnectedPullRequest[],
): { readonly pullRequest: PullRequest; readonly isOpen: boolean } | null {
  const merged = connected
    .filter(({ mergedAt, isSource }) => mergedAt !== null && isSource)
    .sort(byMergeTime);
  const open = connected.filter(({ isOpen }) => isOpen).sort(byNumber);
  const chosen = merged.find(({ mergeCommit }) => mergeCommit === sha) ?? merged[0] ?? open[0];
  if (chosen === undefined) return null;
  const { number, url, mergedBy, approvedBy, isOpen } = chosen;
  return { pullRequest: { number, url, mergedBy, approvedBy }, isOpen };
}

function byMergeTime(left: ConnectedPullRequest, right: ConnectedPullRequest): number {
  return (left.mergedAt ?? "").localeCompare(right.mergedAt ?? "") || byNumber(left, right);
}

function byNumber(left: ConnectedPullRequest, right: ConnectedPullRequest): number {
  return left.number - right.number;
}
