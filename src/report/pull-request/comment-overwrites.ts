import { grouped } from "../elide.ts";
import { SEVERITY_SIGNS } from "../markdown-section.ts";
import { listed, own, type Phrase, say, value } from "../phrase.ts";
import { always, type Block } from "./block.ts";
import { running } from "./bounded-markdown.ts";
import type { CommentContext } from "./comment-context.ts";
import { describeEvidence, describeOverwrite } from "./describe-overwrite.ts";
import { describePart } from "./describe-place.ts";
import type { ReviewedDrift, ReviewedIngress } from "./pull-request-review.ts";
import { RANKS } from "./ranks.ts";
import { short } from "./short.ts";
import { summariseValue } from "./summarise-value.ts";

/** Which live values that Git does not hold the merge takes back, and whose they are. */
export function overwritesSection(context: CommentContext): readonly Block[] {
  const { review } = context;
  const items = review.ingresses.flatMap((ingress) =>
    ingress.overwrites.map((drift) => ({ ingress, drift })),
  );
  const unknown = unknownOf(review.ingresses);
  if (items.length === 0) {
    const nothing = unknown.length === 0 ? [always("Nothing that was made outside Git.")] : unknown;
    return [always("### What its merge would overwrite"), ...nothing];
  }
  return [
    always("### ⚠️ What its merge would overwrite"),
    ...unknown,
    ...items.map(({ ingress, drift }) => ({
      text: overwriteItem(ingress, drift, context),
      rank: RANKS.overwrite,
      what: "overwritten value",
      isItem: true,
    })),
  ];
}

/** Where the head cannot be read, or the cluster was not, nothing tells: that is not "nothing". */
function unknownOf(ingresses: readonly ReviewedIngress[]): readonly Block[] {
  const unknown = ingresses.filter(({ change, live }) => change === "unreadable" || live === "unread");
  if (unknown.length === 0) return [];
  const names = unknown.map(({ namespace, name }) => [short(`${namespace}/${name}`)]);
  return [
    always(running(say`Not known for ${listed(names.slice(0, MAX_NAMES))}${moreThan(MAX_NAMES, names)}.`)),
  ];
}

const MAX_NAMES = 10;

function moreThan(most: number, all: readonly unknown[]): Phrase {
  return all.length <= most ? [] : say` and ${own(grouped(all.length - most))} more`;
}

function overwriteItem(ingress: ReviewedIngress, drift: ReviewedDrift, context: CommentContext): string {
  const { links, now } = context;
  const evidence = describeEvidence(drift, { links, now });
  return [
    `- **${running(describeOverwrite(drift, now))}** · ${running(say`${short(`${ingress.namespace}/${ingress.name}`)}`)}`,
    ...[...values(drift), ...evidence, ...risk(drift)].map((phrase) => `  - ${running(phrase)}`),
  ].join("\n");
}

/** `service: live api-hotfix, after the merge api-v2 (base: api)`. */
function values(drift: ReviewedDrift): readonly Phrase[] {
  const { change, desired, live, after, isGone, field } = drift;
  if (field === "") return [];
  const now = change === "removed" ? say`gone` : summariseValue(live);
  const then = isGone ? say`gone` : summariseValue(after);
  const isAsBase = !isGone && change !== "added" && JSON.stringify(desired) === JSON.stringify(after);
  const base = change === "added" ? say`nothing` : summariseValue(desired);
  const part = describePart(field);
  const what = part.length === 0 ? [] : say`${part}: `;
  const beside = isAsBase ? say`, as in the base` : say` (base: ${base})`;
  return [say`${what}live ${now}, after the merge ${then}${beside}`];
}

/** What taking it back exposes, where that is rated at all. */
function risk({ risk }: ReviewedDrift): readonly Phrase[] {
  if (risk === null || risk.severity === "low") return [];
  return [
    say`${own(`${SEVERITY_SIGNS[risk.severity]} ${risk.severity}`)}: ${risk.reason} ${value(risk.rule)}`,
  ];
}
