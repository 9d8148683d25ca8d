import { createHash } from "node:crypto";
import * as z from "zod";
import { isJsonObject, type Json } from "../../model/json.ts";
import { findMarker, hiddenMarker } from "../../report/hidden-marker.ts";
import type { PullRequestReview } from "../../report/pull-request/pull-request-review.ts";

/** The run that wrote a comment. */
export interface CommentRun {
  /** The forge's number of the run, and which attempt at it; null outside of a workflow. */
  readonly run: number | null;
  readonly attempt: number | null;
  /** When it began; UTC, ISO 8601. */
  readonly at: string;
}

/** What a comment's hidden marker says of it. */
export interface CommentMark extends CommentRun {
  /** Names the cluster and the configuration. 16 hex digits. */
  readonly key: string;
  readonly headSha: string;
  /** Of what the comment says, but for its times. */
  readonly digest: string;
}

const mark = z.object({
  key: z.string(),
  run: z.int().nullable(),
  attempt: z.int().nullable(),
  at: z.string(),
  headSha: z.string(),
  digest: z.string(),
});

/** How every comment with this key begins. */
export function markerStart(key: string): string {
  return hiddenMarker("pull-request", { key }).replace(/\} -->$/, "");
}

export function markedBody({ key, ...rest }: CommentMark, text: string): string {
  return `${hiddenMarker("pull-request", { key, ...rest })}\n${text}`;
}

/** null where the marker says nothing that can be understood. */
export function readMark(body: string): CommentMark | null {
  const parsed = mark.safeParse(findMarker(body, "pull-request")?.data);
  return parsed.success ? parsed.data : null;
}

/** Runs are numbered in the order in which they were asked for; a repeated one belongs to its first asking. */
export function isLaterRun(one: CommentRun, other: CommentRun): boolean {
  if (one.run === null || other.run === null) return one.at > other.at;
  if (one.run !== other.run) return one.run > other.run;
  return (one.attempt ?? 1) > (other.attempt ?? 1);
}

/**
 * The same for two reviews that say the same. When the cluster was read, and which merge commit stood for the same head,
 * makes no difference.
 */
export function digestOf(review: PullRequestReview, options: Json): string {
  const { git, cluster, ...rest } = review;
  const named = cluster === null ? null : { name: cluster.name, hasLog: cluster.auditLog !== null };
  const facts = [rest, { repository: git.repository, shallow: git.shallow }, named, options];
  return shortHash(JSON.stringify(facts, withSortedKeys));
}

/** A review that was read from an artifact may have its keys in another order. */
function withSortedKeys(_: string, value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
