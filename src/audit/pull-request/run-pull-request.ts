import { enrichCommits } from "../reporting/enrich-commits.ts";
import { enrichReview } from "./enrich-review.ts";
import { type CommentSettings, type PostedComment, postReview, reviewText } from "./post-review.ts";
import type { PullRequestPorts, PullRequestRequest } from "./pull-request-request.ts";
import { type ReviewOutcome, reviewPullRequest } from "./review-pull-request.ts";

export interface PullRequestResult extends ReviewOutcome {
  /** The review as Markdown, as it stands in the comment: for the job summary. */
  readonly markdown: string;
  readonly comment: PostedComment;
}

/**
 * Review a pull request and keep its one comment: compare its base, its head and the cluster; look up who the commits'
 * authors are; post.
 *
 * @throws {AuditError} Where Git or the audit log cannot be read. A cluster that cannot be read, and a forge that refuses
 *   the comment, are told in the result.
 */
export async function runPullRequest(
  request: PullRequestRequest,
  settings: CommentSettings,
  ports: PullRequestPorts,
): Promise<PullRequestResult> {
  const { now, signal } = request.audit;
  const outcome = await reviewPullRequest(request, ports);
  const { directory } = ports;
  ports.progress("Asking the forge about the commits");
  const review = directory === null ? outcome.review : await enrichReview(outcome.review, directory, signal);
  const report =
    directory === null || outcome.report === null
      ? outcome.report
      : await enrichCommits(outcome.report, directory, signal);
  ports.progress("Posting the comment");
  const comment = await postReview(review, ports.thread, settings, { now, signal });
  return {
    ...outcome,
    review,
    report,
    markdown: reviewText(review, settings, now),
    comment,
  };
}
