import { type Links, linksFor } from "../links.ts";
import type { PullRequestReview, ReviewedPlace } from "./pull-request-review.ts";

export interface CommentOptions {
  readonly now: Date;
  /** The forge's address; GitHub's by default. */
  readonly serverUrl?: string;
  /** Web page of the run that made the review, and of the whole report; null where there is none. */
  readonly runUrl: string | null;
  readonly reportUrl: string | null;
  /** Mention people, and show their pictures, where the forge has proven their login. */
  readonly mentions: boolean;
  /** What is to be known of the review before it is read, as Markdown of our own. */
  readonly note?: string;
  /** In characters; GitHub's limit by default. */
  readonly maxLength?: number;
}

/** What every part of the comment draws on. */
export interface CommentContext {
  readonly review: PullRequestReview;
  readonly now: Date;
  readonly mentions: boolean;
  readonly serverUrl: string;
  /** Files as they are at the head. */
  readonly links: Links;
  readonly placeLink: (place: ReviewedPlace) => string | null;
  readonly runUrl: string | null;
  readonly reportUrl: string | null;
}

export function commentContext(review: PullRequestReview, options: CommentOptions): CommentContext {
  const { repository, base, head } = review.git;
  const serverUrl = safeUrl(options.serverUrl ?? null) ?? "https://github.com";
  const linksAt = (commit: string) => linksFor({ git: { repository, commit } }, serverUrl);
  const sides = { base: linksAt(base), head: linksAt(head) };
  return {
    review,
    now: options.now,
    mentions: options.mentions,
    serverUrl: serverUrl.replace(/\/+$/, ""),
    links: sides.head,
    placeLink: ({ side, path, line }) => sides[side].file(path, line),
    runUrl: safeUrl(options.runUrl),
    reportUrl: safeUrl(options.reportUrl) ?? safeUrl(options.runUrl),
  };
}

/** A web address that can stand in a Markdown link as it is. */
function safeUrl(url: string | null): string | null {
  return url !== null && /^https?:\/\/[\w.:~%/?#=&,;+-]+$/.test(url) ? url : null;
}
