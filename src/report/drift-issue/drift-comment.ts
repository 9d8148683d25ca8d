import type { AuditReport } from "../audit-report.ts";
import { describeGit } from "../describe-report.ts";
import { describeTime } from "../describe-time.ts";
import { grouped } from "../elide.ts";
import { hiddenMarker } from "../hidden-marker.ts";
import { markdownPhrase } from "../markdown-phrase.ts";
import { own, type Phrase, say, value } from "../phrase.ts";
import { describeHappening } from "./describe-happening.ts";
import { describeResponsible } from "./describe-responsible.ts";
import type { Happening } from "./happening.ts";
import { WHOLE_CLUSTER } from "./issue-state.ts";
import type { Responsible, RunNote } from "./issue-view.ts";

/** Something new, told once. */
export interface DriftComment {
  /** The write of the state that it belongs to: the same one never gets two comments. */
  readonly serial: number;
  readonly subject: string;
  readonly headline: Headline;
  readonly happenings: readonly Happening[];
  readonly report: Pick<AuditReport, "git" | "cluster">;
  /** Whom to tell, where that has changed. */
  readonly responsible: readonly Responsible[];
}

export type Headline =
  | "changed"
  | "resolved"
  | "confirmed"
  | "returned"
  | "still-differs"
  | "no-longer-accepted"
  | "accepted"
  | "snooze-ended"
  | "regrouped";

/** In characters: beside it stand the headline and the footer, and GitHub takes 65,536 of all. */
const MAX_LIST = 50_000;

export function driftComment(comment: DriftComment, run: RunNote): string {
  const { happenings, subject } = comment;
  const isCluster = subject === WHOLE_CLUSTER;
  const told = happenings
    .filter(isToldInList)
    .map((happening) => `- ${markdownPhrase(describeHappening(happening, run.telling, isCluster))}`);
  const lines = fitting(told);
  const left = told.length - lines.length;
  const responsible = markdownPhrase(describeResponsible(comment.responsible, run));
  return [
    `${hiddenMarker("drift-comment", { serial: comment.serial })}\n${markdownPhrase(headline(comment))}`,
    ...(lines.length === 0 ? [] : [lines.join("\n")]),
    ...(left === 0
      ? []
      : [`_${grouped(left)} more changes are left out here; the issue has what differs now._`]),
    ...(responsible === "" ? [] : [responsible]),
    footer(comment, run),
  ].join("\n\n");
}

function fitting(lines: readonly string[]): readonly string[] {
  let room = MAX_LIST;
  const end = lines.findIndex((line) => {
    room -= line.length + 1;
    return room < 0;
  });
  return end === -1 ? lines : lines.slice(0, end);
}

/** What the headline says already is not said twice. */
function isToldInList(happening: Happening): boolean {
  return "ingress" in happening;
}

function headline({ headline, subject, happenings }: DriftComment): Phrase {
  const what = subject === WHOLE_CLUSTER ? say`this cluster` : say`${value(subject)}`;
  switch (headline) {
    case "changed":
      return say`**Something changed** in how ${what} differs:`;
    case "resolved":
      return say`✅ **Resolved:** nothing differs in ${what} any more.`;
    case "confirmed":
      return say`✅ **Confirmed:** nothing differs in ${what} any more.`;
    case "returned":
      return say`**It is back:** ${what} differs again.`;
    case "still-differs":
      return say`This issue was closed as completed, but ${what} still differs, so it is open again. To accept the difference until it changes, close it as _not planned_. Closed once more as completed, it stays closed until something changes.`;
    case "no-longer-accepted":
      return say`**What had been accepted has changed** in ${what}, so this issue is open again:`;
    case "accepted":
      return say`Accepted, until it changes. Reopen this issue to follow the difference in ${what} again.`;
    case "snooze-ended":
      return say`**The snooze has ended,** and ${what} still differs.${sinceSnoozed(happenings)}`;
    case "regrouped":
      return say`${what}: by this repository’s configuration, its differences are followed in other issues now.`;
    default:
      return headline satisfies never;
  }
}

function sinceSnoozed(happenings: readonly Happening[]): Phrase {
  return happenings.some(isToldInList) ? say` New since the last audit:` : [];
}

function footer({ report }: DriftComment, { url }: RunNote): string {
  const { observedAt } = report.cluster;
  const observed = observedAt === null ? [] : say`, cluster read ${own(describeTime(observedAt, null))}`;
  const audited = markdownPhrase(say`${describeGit(report)}${observed}`);
  return `<sub>${audited}${url === null ? "" : ` · [this run](${url})`}</sub>`;
}
