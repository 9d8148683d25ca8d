import { SEVERITIES } from "../../model/severity.ts";
import type { ReportedDivergence } from "../../report/audit-report.ts";
import type { DivergenceHappening } from "../../report/drift-issue/happening.ts";
import type { TrackedDivergence } from "../../report/drift-issue/tracked-divergence.ts";
import { isSameActor, isSameValue } from "./track-divergence.ts";

/** What happened to a divergence that was followed before and still is there; nothing for mere repetition. */
export function whatHappened(
  before: TrackedDivergence,
  now: TrackedDivergence,
  divergence: ReportedDivergence,
): readonly DivergenceHappening[] {
  const happenings: DivergenceHappening[] = [];
  if (before.severity !== now.severity)
    happenings.push({ kind: "severity", divergence, from: before.severity });
  const side = sideMoved(before, now);
  if (before.verdict !== now.verdict) happenings.push({ kind: "verdict", divergence, from: before.verdict });
  else if (isSomebodyElse(before, now)) happenings.push({ kind: "actor", divergence });
  if (side !== null) happenings.push({ kind: "moved", divergence, side });
  const isConflictNew = now.conflict.some((sha) => !before.conflict.includes(sha));
  if (isConflictNew) happenings.push({ kind: "conflict", divergence });
  return happenings;
}

/** What people are told of by a comment; the rest is found in the text. */
export function isNews(happening: DivergenceHappening): boolean {
  switch (happening.kind) {
    case "appeared":
    case "verdict":
    case "actor":
    case "conflict":
    case "resolved":
      return true;
    case "severity":
      return isWorse(happening);
    case "moved":
      return false;
    default:
      return happening satisfies never;
  }
}

/** What ends an acceptance: it was given to certain values and a certain risk. */
export function isBeyondAccepted(happening: DivergenceHappening): boolean {
  switch (happening.kind) {
    case "appeared":
    case "moved":
      return true;
    case "severity":
      return isWorse(happening);
    case "verdict":
    case "actor":
    case "conflict":
    case "resolved":
      return false;
    default:
      return happening satisfies never;
  }
}

function isWorse({ divergence, from }: Extract<DivergenceHappening, { kind: "severity" }>): boolean {
  return SEVERITIES.indexOf(divergence.severity) > SEVERITIES.indexOf(from);
}

function sideMoved(before: TrackedDivergence, now: TrackedDivergence): "git" | "live" | "both" | null {
  if (isSameValue(before, now)) return null;
  if (before.live === now.live) return "git";
  return before.desired === now.desired ? "live" : "both";
}

/** Of a pending change the commits are behind it, whoever applied what stood before. */
function isSomebodyElse(before: TrackedDivergence, now: TrackedDivergence): boolean {
  if (now.verdict === "pending" || now.verdict === "unmerged")
    return before.commits[0] !== now.commits[0] && now.commits.length > 0;
  return now.actor !== null && !isSameActor(before.actor, now.actor);
}
