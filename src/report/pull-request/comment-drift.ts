import { relativeTime } from "../describe-time.ts";
import { grouped } from "../elide.ts";
import { behind, explainDivergence } from "../explain-divergence.ts";
import { SEVERITY_SIGNS } from "../markdown-section.ts";
import { own, type Phrase, say } from "../phrase.ts";
import { always, type Block } from "./block.ts";
import { cell, running } from "./bounded-markdown.ts";
import type { CommentContext } from "./comment-context.ts";
import { describePlace } from "./describe-place.ts";
import { commitMarkdown } from "./person-markdown.ts";
import type { ReviewedDrift, ReviewedIngress } from "./pull-request-review.ts";
import { RANKS } from "./ranks.ts";
import { short } from "./short.ts";
import { summariseValue } from "./summarise-value.ts";

const MAX_ROWS = 20;
const MAX_EXPLAINED = 10;

interface Item {
  readonly ingress: ReviewedIngress;
  readonly drift: ReviewedDrift;
}

/** What has already drifted or is pending on the touched Ingresses, and by whom; the merge takes none of it back. */
export function driftSection(context: CommentContext): readonly Block[] {
  const { ingresses } = context.review;
  const items = ingresses.flatMap((ingress) => ingress.drift.map((drift) => ({ ingress, drift })));
  const ignored = ingresses.reduce((sum, ingress) => sum + ingress.ignored, 0);
  const counted = ignored === 0 ? [] : [always(`_${grouped(ignored)} more ignored by rule._`)];
  const title = always("### What has already drifted or is pending");
  if (items.length === 0) return [title, always("Nothing else on these Ingresses."), ...counted];
  return [
    title,
    { text: table(items, context), rank: RANKS.drift, what: "table of drift" },
    { text: explained(items, context), rank: RANKS.evidence, what: "list of evidence" },
    ...counted,
  ];
}

function table(items: readonly Item[], context: CommentContext): string {
  const rows = items.slice(0, MAX_ROWS).map((item) => row(item, context));
  const left = items.length - rows.length;
  return [
    ["| | Field | Base → live | By | The merge |", "|---|---|---|---|---|", ...rows].join("\n"),
    ...(left > 0 ? [`_${grouped(left)} more rows._`] : []),
  ].join("\n\n");
}

function row({ ingress, drift }: Item, context: CommentContext): string {
  const { severity, verdict, field, change, desired, live } = drift;
  const base = change === "added" ? say`–` : summariseValue(desired);
  const now = change === "removed" ? say`–` : summariseValue(live);
  const cells = [
    cell([own(`${SEVERITY_SIGNS[severity]} **${verdict}**`)]),
    `${cell([short(`${ingress.namespace}/${ingress.name}`)])}<br>${cell(describePlace(field))}`,
    cell(say`${base} → ${now}`),
    by(drift, context),
    cell(outcome(drift)),
  ];
  return `| ${cells.join(" | ")} |`;
}

function by(drift: ReviewedDrift, context: CommentContext): string {
  const [newest, ...earlier] = drift.commits;
  if (newest === undefined || drift.verdict === "out-of-band") return cell(byActor(drift, context.now));
  const more = earlier.length === 0 ? "" : ` and ${grouped(earlier.length)} more`;
  return `${commitMarkdown(newest, context)}${more}`;
}

function byActor(drift: ReviewedDrift, now: Date): Phrase {
  const { actor, verdict } = drift;
  const at = actor?.at == null ? [] : say`, ${own(relativeTime(actor.at, now))}`;
  const program = verdict === "out-of-band" && actor?.user == null ? (actor?.fieldManager ?? null) : null;
  return say`${program === null ? behind(drift) : say`${short(program)} (a program)`}${at}`;
}

/** What becomes of it: each of these is no loss, or nobody's. */
function outcome({ fate, verdict, isChanged }: ReviewedDrift): Phrase {
  switch (fate) {
    case "overwritten":
      if (verdict === "controller") return say`takes it away; the controller may write it again`;
      return isChanged ? say`brings this pull request’s value instead` : say`brings it too`;
    case "adopted":
      return say`makes it Git’s`;
    case "stays":
      return say`leaves it as it is`;
    case "unknown":
      return say`unknown`;
    default:
      return fate satisfies never;
  }
}

/** The base's line of it, of whatever file carries the value. */
function placeIn({ input, line }: ReviewedDrift, { place }: ReviewedIngress) {
  if (input != null) return input;
  return line === null || place === null ? null : { path: place.path, line };
}

function explained(items: readonly Item[], context: CommentContext): string {
  const { links, now, placeLink } = context;
  const parts = items.slice(0, MAX_EXPLAINED).map(({ ingress, drift }) => {
    const at = placeIn(drift, ingress);
    const place =
      at === null ? [] : say` · ${short(`${at.path}:${at.line}`, 100, placeLink({ ...at, side: "base" }))}`;
    const title = say`${short(`${ingress.namespace}/${ingress.name}`)} ${describePlace(drift.field)}${place}`;
    const answers = explainDivergence(drift, { links, now }).map(
      ({ label, phrase }) => `  - **${label}:** ${running(phrase)}`,
    );
    return [`- ${running(title)}`, ...answers].join("\n");
  });
  return ["<details><summary>Evidence, and what to do</summary>", parts.join("\n"), "</details>"].join(
    "\n\n",
  );
}
