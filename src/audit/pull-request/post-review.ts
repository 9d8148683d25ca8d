import { setTimeout as sleep } from "node:timers/promises";
import { AuditError } from "../../model/audit-error.ts";
import type { CommentThread } from "../../ports/comment-thread.ts";
import { pullRequestComment } from "../../report/pull-request/pull-request-comment.ts";
import { isNothingLeft, type PullRequestReview } from "../../report/pull-request/pull-request-review.ts";
import { threadKey } from "../reporting/thread-key.ts";
import { type CommentRun, digestOf } from "./comment-mark.ts";
import { type ReconciledComment, type Reconciling, reconcileComment } from "./reconcile-comment.ts";

/** How and where a review is posted. */
export interface CommentSettings {
  /** The cluster's name in the configuration, which is known before the cluster is read; null where it has none. */
  readonly cluster: string | null;
  /** Repository-relative; null without a configuration. */
  readonly configurationPath: string | null;
  /** Tells this audit's comment from that of another one with the same cluster and configuration. */
  readonly commentKey: string | null;
  /** Mention people, and show their pictures, where the forge has proven their login. */
  readonly mentions: boolean;
  /** The forge's address for links; GitHub's by default. */
  readonly serverUrl?: string;
  readonly run: CommentRun & {
    /** Web page of the run, and of the whole report; null where there is none. */
    readonly url: string | null;
    readonly reportUrl: string | null;
  };
  /** What is to be known of the review before it is read, as Markdown of our own. */
  readonly note?: string;
  /** Whether the pull request has another head by now; never where this is left out. */
  readonly isOutdated?: (signal: AbortSignal) => Promise<boolean>;
  readonly wait?: Reconciling["wait"];
}

export type PostedComment =
  | ReconciledComment
  /** `error` is null where there was nowhere to post it. */
  | { readonly kind: "not-posted"; readonly url: null; readonly error: AuditError | null };

/** The comment's text, without the hidden marker: for a job summary as well. */
export function reviewText(review: PullRequestReview, settings: CommentSettings, now: Date): string {
  return pullRequestComment(review, {
    now,
    mentions: settings.mentions,
    runUrl: settings.run.url,
    reportUrl: settings.run.reportUrl,
    ...(settings.serverUrl === undefined ? {} : { serverUrl: settings.serverUrl }),
    ...(settings.note === undefined ? {} : { note: settings.note }),
  });
}

/**
 * Post a review as the pull request's one comment of this audit. The review may come from a run that is not trusted, if it
 * was checked by its schema: whatever it says is escaped. Whose pull request it is has to come from the forge.
 *
 * @returns What became of it; what the forge refuses is an answer as well.
 */
export async function postReview(
  review: PullRequestReview,
  thread: CommentThread | null,
  settings: CommentSettings,
  { now, signal }: { readonly now: Date; readonly signal: AbortSignal },
): Promise<PostedComment> {
  if (thread === null) return { kind: "not-posted", url: null, error: null };
  const { run, mentions, serverUrl } = settings;
  const digest = digestOf(review, { mentions, serverUrl: serverUrl ?? null });
  const { headSha } = review.pullRequest;
  const wanted = {
    mark: { key: threadKey(settings), run: run.run, attempt: run.attempt, at: run.at, headSha, digest },
    text: reviewText(review, settings, now),
    isWorthCreating: !isNothingLeft(review),
  };
  try {
    return await reconcileComment(thread, wanted, {
      signal,
      wait: settings.wait ?? pause,
      isOutdated: settings.isOutdated ?? (async () => false),
    });
  } catch (error) {
    if (error instanceof AuditError) return { kind: "not-posted", url: null, error };
    throw error;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal });
}
