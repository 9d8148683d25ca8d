import type { CommentSettings } from "../../../audit/pull-request/post-review.ts";
import type { GithubContext } from "./github-context.ts";
import type { PostingOptions } from "./mode-options.ts";

/** How and where a review is posted: whose comment it is, and which run says so. */
export function commentSettings(
  audited: Pick<CommentSettings, "cluster" | "configurationPath">,
  { mentions, commentKey }: PostingOptions,
  { serverUrl, run, attempt, runUrl }: GithubContext,
  now: Date,
): CommentSettings {
  return {
    ...audited,
    commentKey: commentKey ?? null,
    mentions,
    serverUrl,
    run: { run, attempt, at: now.toISOString(), url: runUrl, reportUrl: runUrl },
  };
}
