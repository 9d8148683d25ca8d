import { AuditError } from "../../model/audit-error.ts";
import { UNCOMMITTED } from "../../model/commit.ts";
import type { CommitDirectory } from "../../ports/commit-directory.ts";
import type { ReportedCommit } from "../../report/audit-report.ts";
import type { PullRequestReview, ReviewedDrift } from "../../report/pull-request/pull-request-review.ts";
import { enrichCommit } from "../reporting/enrich-commits.ts";

/**
 * Put into a review's commits what the forge knows of them; without it, people are shown by the names that Git has.
 *
 * @returns The review as it was, where the forge cannot be asked.
 */
export async function enrichReview(
  review: PullRequestReview,
  directory: CommitDirectory,
  signal: AbortSignal,
): Promise<PullRequestReview> {
  const shas = new Set<string>();
  mapCommits(review, (commit) => {
    if (commit.sha !== UNCOMMITTED) shas.add(commit.sha);
    return commit;
  });
  if (shas.size === 0) return review;
  try {
    const known = await directory.lookUp([...shas], signal);
    return mapCommits(review, (commit) => enrichCommit(commit, known.get(commit.sha)));
  } catch (error) {
    if (error instanceof AuditError) return review;
    throw error;
  }
}

export function mapCommits(
  review: PullRequestReview,
  map: (commit: ReportedCommit) => ReportedCommit,
): PullRequestReview {
  const mapDrift = (drift: ReviewedDrift): ReviewedDrift => ({
    ...drift,
    commits: drift.commits.map(map),
    conflict: drift.conflict.map(map),
    matchesCommit: drift.matchesCommit === null ? null : map(drift.matchesCommit),
  });
  return {
    ...review,
    ingresses: review.ingresses.map((ingress) => ({
      ...ingress,
      changes: ingress.changes.map((change) => ({
        ...change,
        commits: change.commits.map(map),
        drift: change.drift === null ? null : mapDrift(change.drift),
      })),
      overwrites: ingress.overwrites.map(mapDrift),
      drift: ingress.drift.map(mapDrift),
    })),
  };
}
