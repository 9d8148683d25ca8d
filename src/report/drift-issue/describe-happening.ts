import { SEVERITIES } from "../../model/severity.ts";
import type { ReportedDivergence } from "../audit-report.ts";
import { describeCommit, type Telling } from "../describe-commit.ts";
import { elide } from "../elide.ts";
import { behind, changeWords } from "../explain-divergence.ts";
import { SEVERITY_SIGNS } from "../markdown-section.ts";
import { own, type Phrase, plainText, say, value } from "../phrase.ts";
import { valueLines } from "../value-lines.ts";
import { describeCause } from "./describe-cause.ts";
import type { DivergenceHappening, Happening, IssueHappening } from "./happening.ts";
import { shortField } from "./short-field.ts";

const MAX_REASON = 400;

/** One thing that happened, as a sentence without its full stop. */
export function describeHappening(happening: Happening, telling: Telling, namesIngress: boolean): Phrase {
  if (!("ingress" in happening)) return describeIssueHappening(happening);
  const where = namesIngress ? say`${value(happening.ingress)}: ` : [];
  return say`${own(signOf(happening))} ${where}${describeDivergenceHappening(happening, telling)}`;
}

function signOf(happening: DivergenceHappening): string {
  switch (happening.kind) {
    case "resolved":
      return "✅";
    case "severity":
      return isWorse(happening.divergence, happening.from) ? "🔺" : "🔻";
    case "appeared":
      return SEVERITY_SIGNS[happening.divergence.severity];
    case "verdict":
    case "actor":
    case "conflict":
    case "moved":
      return "🔁";
    default:
      return happening satisfies never;
  }
}

function describeDivergenceHappening(happening: DivergenceHappening, telling: Telling): Phrase {
  if (happening.kind === "resolved") {
    return say`${shortField(happening.field)} is resolved: ${describeCause(happening.cause, telling)}`;
  }
  const { divergence } = happening;
  const field = shortField(divergence.field);
  switch (happening.kind) {
    case "appeared":
      return say`${field}: ${values(divergence) ?? [own(changeWords(divergence))]}, ${own(divergence.severity)}, ${judged(divergence)}`;
    case "severity":
      return say`${field}: severity went from ${own(happening.from)} to ${own(divergence.severity)}: ${elide(divergence.severityReason, MAX_REASON)}`;
    case "verdict":
      return say`${field}: was ${own(happening.from)}, is now ${judged(divergence)}: ${elide(divergence.reason, MAX_REASON)}`;
    case "actor":
      return say`${field}: now ${judged(divergence)}`;
    case "conflict":
      return say`${field}: Git changed it too${conflicting(divergence, telling)}; the next deploy would overwrite the live value`;
    case "moved":
      return say`${field}: ${own(MOVED[happening.side])} to another value, and still differs${valuesNow(divergence)}`;
    default:
      return happening satisfies never;
  }
}

const MOVED = {
  git: "Git moved on",
  live: "the cluster moved on",
  both: "Git and the cluster moved on",
} as const;

/** Both values, where each fits into a line. */
function values(divergence: ReportedDivergence): Phrase | null {
  const lines = valueLines(divergence, { lines: 1, characters: 60 });
  if (lines.kind === "diff") return null;
  if (lines.git !== null && lines.live !== null)
    return say`Git has ${value(lines.git)}, the cluster ${value(lines.live)}`;
  const only = lines.git ?? lines.live;
  return only === null || only === "" ? null : say`${own(changeWords(divergence))}: ${value(only)}`;
}

function valuesNow(divergence: ReportedDivergence): Phrase {
  const now = values(divergence);
  return now === null ? [] : say`: ${now}`;
}

function judged(divergence: ReportedDivergence): Phrase {
  const who = behind(divergence);
  return plainText(who) === "unknown"
    ? say`${own(divergence.verdict)}, unknown by whom`
    : say`${own(divergence.verdict)} by ${who}`;
}

function conflicting({ conflict }: ReportedDivergence, telling: Telling): Phrase {
  const [newest] = conflict;
  return newest === undefined ? [] : say` in ${describeCommit(newest, telling)}`;
}

function isWorse({ severity }: ReportedDivergence, from: ReportedDivergence["severity"]): boolean {
  return SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(from);
}

function describeIssueHappening(happening: IssueHappening): Phrase {
  switch (happening.kind) {
    case "opened":
      return happening.detections === 1
        ? say`Found`
        : say`Found in ${own(String(happening.detections))} audits in a row`;
    case "returned":
      return say`It differs again`;
    case "closed":
      return say`Nothing differs any more`;
    case "accepted":
      return happening.by === null
        ? say`Accepted as it is, by closing this issue as not planned`
        : say`Accepted as it is, by ${value(happening.by)}`;
    case "no-longer-accepted":
      return say`What had been accepted has changed`;
    case "still-differs":
      return say`Closed as completed, and still differs`;
    case "reopened-by-a-person":
      return say`Reopened by a person`;
    case "snoozed":
      return say`Snoozed until the end of ${own(happening.until)} (UTC)${by(happening.by)}`;
    case "unsnoozed":
      return say`No longer snoozed`;
    case "snooze-ended":
      return say`The snooze ended with ${own(happening.until)}`;
    case "regrouped":
      return happening.per === "ingress"
        ? say`Each Ingress of this cluster has an issue of its own now`
        : say`All Ingresses of this cluster are followed in one issue now`;
    default:
      return happening satisfies never;
  }
}

function by(login: string | null): Phrase {
  return login === null ? say` by a label` : say` by ${value(login)}`;
}
