import type { PullRequest } from "../../model/commit.ts";

/** A pull request that the forge connects with a commit. */
export interface ConnectedPullRequest extends PullRequest {
  /** UTC, ISO 8601; null where it is not merged. */
  readonly mergedAt: string | null;
  readonly isOpen: boolean;
  /** The commit that the base got by the merge. */
  readonly mergeCommit: string | null;
}

/** The one by which the commit came: whose merge made it, else the first one merged with it; else an open one that holds it. */
export function choosePullRequest(
  sha: string,
  connected: readonly ConnectedPullRequest[],
): PullRequest | null {
  const merged = connected
    .filter(({ mergedAt }) => mergedAt !== null)
    .sort(
      (left, right) =>
        (left.mergedAt ?? "").localeCompare(right.mergedAt ?? "") || left.number - right.number,
    );
  const chosen =
    merged.find(({ mergeCommit }) => mergeCommit === sha) ??
    merged[0] ??
    connected.find(({ isOpen }) => isOpen);
  if (chosen === undefined) return null;
  const { number, url, mergedBy, approvedBy } = chosen;
  return { number, url, mergedBy, approvedBy };
}
