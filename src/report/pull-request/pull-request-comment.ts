import { shortSha } from "../describe-commit.ts";
import { grouped } from "../elide.ts";
import { SEVERITY_SIGNS } from "../markdown-section.ts";
import { own, type Phrase, say } from "../phrase.ts";
import { always, type Block, fitBlocks } from "./block.ts";
import { running } from "./bounded-markdown.ts";
import { clusterPhrase } from "./cluster-phrase.ts";
import { changesSection } from "./comment-changes.ts";
import { claimsSection } from "./comment-claims.ts";
import { type CommentContext, type CommentOptions, commentContext } from "./comment-context.ts";
import { driftSection } from "./comment-drift.ts";
import { footer } from "./comment-footer.ts";
import { overwritesSection } from "./comment-overwrites.ts";
import { problemsSection } from "./comment-problems.ts";
import { risksOf, risksTable } from "./comment-risks.ts";
import { isNothingLeft, type PullRequestReview, type ReviewedIngress } from "./pull-request-review.ts";

/** GitHub takes 65,536 characters; some stay free for the hidden marker, and for those who count otherwise. */
export const MAX_COMMENT = 64_000;

/**
 * The review as the text of a comment: the risk first, then apart what the pull request changes in the cluster, what its
 * merge would overwrite, and what has drifted or is pending. One line where nothing is left. Every text that was read is
 * escaped, and none is long.
 */
export function pullRequestComment(review: PullRequestReview, options: CommentOptions): string {
  const context = commentContext(review, options);
  if (isNothingLeft(review)) return oneLine(context);
  const blocks = [
    always(`## ${title(review)}`),
    ...(options.note === undefined ? [] : [always(`> [!NOTE]\n> ${options.note}`)]),
    ...counts(review),
    ...risksTable(review),
    ...problemsSection(context),
    ...changesSection(context),
    ...clusterSections(context),
    ...claimsSection(context),
    footer(context),
  ];
  const where =
    context.reportUrl === null
      ? "the json report has all"
      : `[the full report](${context.reportUrl}) has all`;
  return fitBlocks(blocks, options.maxLength ?? MAX_COMMENT, where);
}

function title(review: PullRequestReview): string {
  const worst = risksOf(review)[0]?.severity;
  if (worst === undefined)
    return review.problems.length > 0 ? "❌ Not everything can be read" : "⚠️ Look at this";
  const count = review.ingresses.filter(isEffective).length;
  const risk = `${worst.charAt(0).toUpperCase()}${worst.slice(1)} risk`;
  const isMerged = review.pullRequest.state === "merged";
  const changed = own(`${isMerged ? "merged, and not yet applied to" : "changes"} ${ingresses(count)}`);
  const where =
    review.cluster === null ? say` (the cluster was not read)` : say` in ${clusterPhrase(review)}`;
  const what = count > 0 ? say`${changed}${where}` : say`what it changes is live already${where}`;
  return `${SEVERITY_SIGNS[worst]} ${running(say`${own(risk)}: ${what}`)}`;
}

/** Whether merging does anything to it, or may. */
function isEffective({ change, changes, overwrites }: ReviewedIngress): boolean {
  if (change === "unreadable" || change === "mended" || overwrites.length > 0) return true;
  return changes.some(({ effect }) => effect !== "already-live" && effect !== "stays");
}

function ingresses(count: number): string {
  return count === 1 ? "one Ingress" : `${grouped(count)} Ingresses`;
}

/** `3 fields change · ⚠️ 1 change made outside Git is overwritten · 2 fields have drifted or are pending`. */
function counts(review: PullRequestReview): readonly Block[] {
  const { ingresses, claims, problems } = review;
  const sum = (count: (ingress: (typeof ingresses)[number]) => number) =>
    ingresses.reduce((total, ingress) => total + count(ingress), 0);
  const parts = [
    counted(
      sum(({ changes }) => changes.length),
      "field changes",
      "fields change",
    ),
    counted(
      sum(({ overwrites }) => overwrites.length),
      "live change made outside Git would be overwritten",
      "live changes made outside Git would be overwritten",
      "⚠️ ",
    ),
    counted(
      sum(({ drift }) => drift.length),
      "field had drifted or is pending",
      "fields had drifted or are pending",
    ),
    counted(
      claims.length,
      "host or path is claimed by another namespace too",
      "hosts or paths are claimed by other namespaces too",
      "⚠️ ",
    ),
    counted(problems.length, "problem", "problems", "❌ "),
  ].filter((part) => part !== null);
  return parts.length === 0 ? [] : [always(parts.join(" · "))];
}

function counted(count: number, one: string, many: string, sign = ""): string | null {
  return count === 0 ? null : `${sign}**${grouped(count)}** ${count === 1 ? one : many}`;
}

/** Both sections need the cluster; without it they would be empty for another reason. */
function clusterSections(context: CommentContext): readonly Block[] {
  const { cluster, unreadBecause } = context.review;
  if (context.review.ingresses.length === 0) return [];
  if (cluster !== null) return [...overwritesSection(context), ...driftSection(context)];
  return [
    always("### What its merge would overwrite, and what has already drifted"),
    always(
      running(
        say`Not known: ${unreadBecause ?? "the cluster was not read"}. This is a comparison of the base and the head alone.`,
      ),
    ),
  ];
}

function oneLine({ review, links, runUrl }: CommentContext): string {
  const { pullRequest, git } = review;
  const head = say`${short7(pullRequest.headSha, links.commit(pullRequest.headSha))}`;
  const run = runUrl === null ? [] : say` · ${own("this run", runUrl)}`;
  return `✅ ${running(say`${oneLineWords(review)} (${head}${git.shallow ? say`, shallow clone` : []})${run}`)}`;
}

function oneLineWords(review: PullRequestReview): Phrase {
  const cluster = clusterPhrase(review);
  switch (review.pullRequest.state) {
    case "merged":
      return review.ingresses.length === 0
        ? say`Merged: nothing is left to look at for ${cluster}`
        : say`Merged, and live in ${cluster}: all that this pull request changes`;
    case "closed":
      return say`Closed without a merge: this pull request changes nothing in ${cluster}`;
    case "open":
      return say`Nothing left: this pull request changes no Ingress in ${cluster}`;
    default:
      return review.pullRequest.state satisfies never;
  }
}

function short7(sha: string, href: string | null) {
  return { kind: "value" as const, text: shortSha(sha), href };
}
