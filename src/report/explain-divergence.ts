import type { Evidence } from "../model/verdict.ts";
import type { ReportedCommit, ReportedDivergence } from "./audit-report.ts";
import { describeThrough, describeWho } from "./describe-actor.ts";
import {
  describeAuthors,
  describeChange,
  describeCommit,
  describeCommitTime,
  type Telling,
} from "./describe-commit.ts";
import { describeTime } from "./describe-time.ts";
import { own, type Phrase, say, value } from "./phrase.ts";

export type AnswerLabel =
  | "who"
  | "when"
  | "through"
  | "earlier"
  | "applied"
  | "matches"
  | "conflict"
  | "why"
  | "evidence"
  | "severity"
  | "next";

/** One line of the explanation: what it answers, and the answer. */
export interface Answer {
  readonly label: AnswerLabel;
  readonly phrase: Phrase;
}

/** Who, when, through what, why, with what evidence, how severe, and what to do next; the same for every output. */
export function explainDivergence(divergence: ReportedDivergence, telling: Telling): readonly Answer[] {
  return [
    ...author(divergence, telling),
    ...besides(divergence, telling),
    { label: "why", phrase: say`${divergence.reason}` },
    { label: "evidence", phrase: evidence(divergence) },
    {
      label: "severity",
      phrase: say`${own(divergence.severity)} (${value(divergence.severityRule)}): ${divergence.severityReason}`,
    },
    { label: "next", phrase: say`${divergence.remedy}` },
  ];
}

/** What differs, in words, seen from Git to live. */
export function changeWords({ change, deletion }: ReportedDivergence): string {
  switch (change) {
    case "changed":
      return "value differs";
    case "added":
      return deletion === undefined
        ? "in the cluster, not in Git"
        : "in the cluster, being deleted, not in Git";
    case "removed":
      return deletion === undefined ? "in Git, not in the cluster" : "in Git, being deleted in the cluster";
    case "reordered":
      return "same entries in another order";
    default:
      return change satisfies never;
  }
}

/** In one phrase, for a table: the person or program behind it. */
export function behind(divergence: ReportedDivergence): Phrase {
  const [newest] = divergence.commits;
  switch (divergence.verdict) {
    case "pending":
    case "unmerged":
      return newest === undefined ? say`unknown` : describeAuthors(newest);
    case "out-of-band":
      return divergence.actor === null ? say`unknown` : describeWho(divergence.actor);
    case "controller":
      return controllerName(divergence);
    default:
      return divergence.verdict satisfies never;
  }
}

function author(divergence: ReportedDivergence, telling: Telling): Answer[] {
  switch (divergence.verdict) {
    case "pending":
    case "unmerged":
      return [...commitAnswers(divergence, telling), ...appliedBy(divergence, telling)];
    case "out-of-band":
      return actorAnswers(divergence, behind(divergence), telling);
    case "controller":
      return actorAnswers(divergence, controllerName(divergence), telling);
    default:
      return divergence.verdict satisfies never;
  }
}

function controllerName({ rule, actor }: ReportedDivergence): Phrase {
  const who = actor === null || (actor.user ?? actor.fieldManager) === null ? null : describeWho(actor);
  if (rule === null) return who ?? say`a controller`;
  return who === null ? say`a controller, by rule ${value(rule)}` : say`${who}, by rule ${value(rule)}`;
}

function commitAnswers({ commits, ref }: ReportedDivergence, telling: Telling): Answer[] {
  const [newest, ...earlier] = commits;
  const heldBy: Answer[] =
    ref === null ? [] : [{ label: "through", phrase: say`ref ${value(ref)}, not merged` }];
  if (newest === undefined) return [{ label: "who", phrase: say`unknown` }, ...heldBy];
  return [
    { label: "who", phrase: describeAuthors(newest) },
    { label: "when", phrase: describeCommitTime(newest, telling) },
    { label: "through", phrase: describeChange(ref === null ? newest : { ...newest, ref }, telling) },
    ...earlier.map((commit): Answer => ({ label: "earlier", phrase: describeCommit(commit, telling) })),
  ];
}

function actorAnswers({ actor }: ReportedDivergence, who: Phrase, { now }: Telling): Answer[] {
  const answers: Answer[] = [{ label: "who", phrase: who }];
  if (actor?.at != null) answers.push({ label: "when", phrase: [own(describeTime(actor.at, now))] });
  const through = actor === null ? null : describeThrough(actor);
  if (through !== null) answers.push({ label: "through", phrase: through });
  return answers;
}

/** Beside the author of a commit: who brought the live value into the cluster, where that is known. */
function appliedBy({ actor }: ReportedDivergence, { now }: Telling): Answer[] {
  if (actor === null) return [];
  const through = describeThrough(actor);
  const at = actor.at === null ? [] : say`, ${own(describeTime(actor.at, now))}`;
  return [
    {
      label: "applied",
      phrase: say`live value written by ${describeWho(actor)}${through === null ? [] : say`, ${through}`}${at}`,
    },
  ];
}

function besides({ conflict, matchesCommit }: ReportedDivergence, telling: Telling): Answer[] {
  const conflicting = (commit: ReportedCommit): Answer => ({
    label: "conflict",
    phrase: say`Git moved the same field in ${describeCommit(commit, telling)}`,
  });
  const answers = conflict.map(conflicting);
  if (matchesCommit === null) return answers;
  const phrase = say`the live value is what Git held in ${describeCommit(matchesCommit, telling)}`;
  return [{ label: "matches", phrase }, ...answers];
}

const EVIDENCE_WORDS: Record<Exclude<Evidence, "proven">, string> = {
  indicated: "indicated: the cluster’s own records point to it, none shows the write itself",
  inferred: "inferred: from Git’s history alone",
  none: "none: nothing at hand shows who wrote this",
};

function evidence({ evidence, actor }: ReportedDivergence): Phrase {
  if (evidence !== "proven") return [own(EVIDENCE_WORDS[evidence])];
  if (actor?.auditID == null) return say`proven: a record shows the write itself`;
  return say`proven: audit event ${value(actor.auditID)} shows the write itself`;
}
