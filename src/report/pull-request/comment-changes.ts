import { SEVERITIES } from "../../model/severity.ts";
import { relativeTime } from "../describe-time.ts";
import { grouped } from "../elide.ts";
import { behind } from "../explain-divergence.ts";
import { SEVERITY_SIGNS } from "../markdown-section.ts";
import { own, type Phrase, say } from "../phrase.ts";
import { always, type Block } from "./block.ts";
import { cell, running } from "./bounded-markdown.ts";
import { clusterPhrase } from "./cluster-phrase.ts";
import type { CommentContext } from "./comment-context.ts";
import { describePlace } from "./describe-place.ts";
import { ingressDiff } from "./ingress-diff.ts";
import { commitMarkdown } from "./person-markdown.ts";
import type { ReviewedChange, ReviewedIngress } from "./pull-request-review.ts";
import { RANKS } from "./ranks.ts";
import { short } from "./short.ts";
import { summariseValue } from "./summarise-value.ts";

const MAX_ROWS = 30;
const MAX_COMMITS = 2;

/** What the pull request changes in the live cluster, Ingress by Ingress. */
export function changesSection(context: CommentContext): readonly Block[] {
  const { ingresses } = context.review;
  if (ingresses.length === 0) return [];
  const where =
    context.review.cluster === null
      ? say`What this pull request changes, from base to head`
      : say`What this pull request changes in ${clusterPhrase(context.review)}`;
  return [
    always(`### ${running(where)}`),
    ...worstFirst(ingresses).flatMap((ingress) => ingressBlocks(ingress, context)),
    ...unchanged(context),
  ];
}

function worstFirst(ingresses: readonly ReviewedIngress[]): readonly ReviewedIngress[] {
  const worst = ({ changes }: ReviewedIngress) =>
    Math.max(-1, ...changes.map(({ risk }) => SEVERITIES.indexOf(risk.severity)));
  return ingresses.toSorted((left, right) => worst(right) - worst(left));
}

function ingressBlocks(ingress: ReviewedIngress, context: CommentContext): readonly Block[] {
  const parts = [
    heading(ingress, context),
    ...notes(ingress, context),
    ...table(ingress, context),
    ...withoutEffect(ingress, context),
  ];
  const diff = ingressDiff(ingress);
  return [
    { text: parts.join("\n\n"), rank: RANKS.change, what: "Ingress" },
    ...(diff === null ? [] : [{ text: diff, rank: RANKS.diff, what: "diff" }]),
  ];
}

const CHANGE_WORDS: Readonly<Record<ReviewedIngress["change"], string>> = {
  added: " · new",
  removed: " · removed",
  changed: "",
  unreadable: " · cannot be read any more",
  mended: " · can be read again",
};

function heading({ namespace, name, change, place }: ReviewedIngress, { placeLink }: CommentContext): string {
  const at =
    place === null ? [] : say` · ${short(`${place.path}:${place.line ?? 1}`, 100, placeLink(place))}`;
  return `#### ${running(say`${short(`${namespace}/${name}`)}${own(CHANGE_WORDS[change])}${at}`)}`;
}

function notes(ingress: ReviewedIngress, { review }: CommentContext): readonly string[] {
  const { change, live, refusal, unreadBecause } = ingress;
  return [
    ...(refusal === null
      ? []
      : [
          `> [!CAUTION]\n> ${running(say`The API server would refuse what comes of the live object and this manifest: ${refusal}. Nothing of it would be applied.`)}`,
        ]),
    ...(live === "unread" && unreadBecause !== null && change !== "unreadable" && review.cluster !== null
      ? [running(say`⚠️ Its live state is not known: ${unreadBecause}.`)]
      : []),
    ...(change === "unreadable"
      ? [
          "It cannot be read or rendered at the head, so that nothing tells what merging does; see the problems.",
        ]
      : []),
    ...(change === "mended"
      ? [
          "It could not be read or rendered at the base, so that its changes are not rated; the diff shows what merging does.",
        ]
      : []),
    ...(change === "removed" && live === "present"
      ? ["Where the deployer prunes, it is deleted from the cluster; else it stays there without a manifest."]
      : []),
  ];
}

/** Fields that change in the cluster, or may. */
function table(ingress: ReviewedIngress, context: CommentContext): readonly string[] {
  const { changes, live } = ingress;
  const effective = changes.filter(({ effect }) => effect !== "already-live" && effect !== "stays");
  if (effective.length === 0) return [];
  const [now, then] = live === "unread" ? ["Base", "Head"] : ["Live now", "After the merge"];
  const rows = effective.slice(0, MAX_ROWS).map((change) => row(change, ingress, context));
  const left = effective.length - rows.length;
  return [
    [`| | Field | ${now} | ${then} | Changed by |`, "|---|---|---|---|---|", ...rows].join("\n"),
    ...(left > 0 ? [`_${grouped(left)} more fields; the diff has them._`] : []),
  ];
}

function row(change: ReviewedChange, ingress: ReviewedIngress, context: CommentContext): string {
  const { risk, field, effect } = change;
  const line = lineOf(change, ingress, context);
  const before = ingress.live === "unread" ? side(change, "base") : liveSide(change);
  const after = say`${side(change, "head")}${own(effect === "refused" ? " (refused)" : "")}`;
  const cells = [
    cell([own(SEVERITY_SIGNS[risk.severity])]),
    cell(say`${describePlace(field)}${line}`),
    cell(before),
    cell(after),
    commits(change, context),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** `L24` in the file that stands above; another file, as of what an Ingress is rendered from, by its own name. */
function lineOf({ place }: ReviewedChange, ingress: ReviewedIngress, { placeLink }: CommentContext): Phrase {
  if (place === null) return [];
  const line = place.line ?? 1;
  return place.path === ingress.place?.path
    ? say` ${own(`L${line}`, placeLink(place))}`
    : say` ${short(`${place.path}:${line}`, 60, placeLink(place))}`;
}

function side({ change, base, head }: ReviewedChange, which: "base" | "head"): Phrase {
  const isAbsent = change === (which === "base" ? "added" : "removed");
  return isAbsent ? say`–` : summariseValue(which === "base" ? base : head);
}

/** The live value; the base's beside it where the cluster has drifted from it. */
function liveSide(change: ReviewedChange): Phrase {
  const { base, live, isLive } = change;
  const now = isLive ? summariseValue(live) : say`–`;
  const isAsBase = (change.change === "added") !== isLive && JSON.stringify(base) === JSON.stringify(live);
  return isAsBase ? now : say`${now} (base: ${side(change, "base")})`;
}

function commits({ commits }: ReviewedChange, context: CommentContext): string {
  const shown = commits.slice(0, MAX_COMMITS).map((commit) => commitMarkdown(commit, context));
  const left = commits.length - shown.length;
  return [...shown, ...(left > 0 ? [`${grouped(left)} more`] : [])].join("<br>");
}

/** What the pull request declares and the cluster has, or will not take. */
function withoutEffect({ changes }: ReviewedIngress, context: CommentContext): readonly string[] {
  const items = changes.flatMap((change) => {
    if (change.effect === "already-live") return [`- ✅ ${running(describeAdopted(change, context.now))}`];
    return change.effect === "stays" ? [`- ➖ ${running(describeStaying(change))}`] : [];
  });
  if (items.length === 0) return [];
  const left = items.length - MAX_ROWS;
  return [[...items.slice(0, MAX_ROWS), ...(left > 0 ? [`- ${grouped(left)} more`] : [])].join("\n")];
}

function describeAdopted({ field, drift }: ReviewedChange, now: Date): Phrase {
  const place = describePlace(field);
  if (drift === null) return say`${place}: already live`;
  const at = drift.actor?.at == null ? [] : say`, ${own(relativeTime(drift.actor.at, now))}`;
  switch (drift.verdict) {
    case "out-of-band":
      return drift.actor?.user == null
        ? say`${place}: already live, adopts a change made outside Git (${behind(drift)}${at})`
        : say`${place}: already live, adopts ${behind(drift)}’s hotfix${at}`;
    case "unmerged":
      return say`${place}: already live, ${drift.ref === null ? say`from a ref that is not merged` : say`from ${short(drift.ref)}`}${at}`;
    case "pending":
      return say`${place}: already live, the cluster has not followed the base`;
    case "controller":
      return say`${place}: already live, written by ${behind(drift)}${at}`;
    default:
      return drift.verdict satisfies never;
  }
}

function describeStaying({ field, change }: ReviewedChange): Phrase {
  return change === "removed"
    ? say`${describePlace(field)}: stays in the cluster, because somebody else has taken it over there`
    : say`${describePlace(field)}: changes nothing in the cluster`;
}

/** Said because a reviewer sees a diff there. */
function unchanged({ review }: CommentContext): readonly Block[] {
  const moved = review.moved.map(
    ({ namespace, name, from, to }) =>
      `- ${running(say`${short(`${namespace}/${name}`)} is the same, and moves from ${short(from)} to ${short(to)}`)}`,
  );
  const rewritten = review.rewritten.map(
    (path) => `- ${running(say`${short(path)} is written otherwise, and means the same`)}`,
  );
  const items = [...moved, ...rewritten];
  if (items.length === 0) return [];
  const left = items.length - MAX_ROWS;
  const list = [...items.slice(0, MAX_ROWS), ...(left > 0 ? [`- ${grouped(left)} more`] : [])].join("\n");
  return [
    { text: `Changes nothing:\n\n${list}`, rank: RANKS.unchanged, what: "list of unchanged manifests" },
  ];
}
