import type { Attribution } from "../../model/verdict.ts";
import { sameFieldState } from "../history/field-state.ts";
import { commitList, outOfBand, pending, valueCommit } from "./attributions.ts";
import { isCleared, whyNotShown, wroteSince } from "./cluster-signs.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import type { GitPast } from "./git-past.ts";

/** Nothing shows that the cluster had followed Git. Nobody is named where what would show it may be missing. */
export function byNoLaterWrite(evidence: FieldEvidence, past: GitPast): Attribution {
  const { managers } = evidence;
  const commits = past.commits;
  if (managers.length === 0 && wasNewerApplied(evidence, past)) return putBack(evidence, past);
  const doubt = doubtOf(evidence, past);
  if (doubt !== null) {
    return pending({
      evidence: "none",
      reason: `Git moved off this value with ${commitList(commits)}, but ${doubt}: give --audit-log or --applied-revision${whyNotShown(evidence)}.`,
    });
  }
  const isShown = managers.length > 0;
  return pending({
    evidence: isShown || wasApplied(evidence) ? "indicated" : "inferred",
    reason: `The cluster still has the value from before ${commitList(commits)}${
      isShown ? ", and managedFields shows no write to it since" : ""
    }${!isShown && wasApplied(evidence) ? ", and kubectl's last-applied annotation says so too" : ""}${whyNotShown(evidence)}.`,
    commits,
  });
}

/** A snapshot without managedFields still has the annotation, and the newer value in it was in the cluster. */
function putBack(evidence: FieldEvidence, { holder }: GitPast): Attribution {
  return outOfBand({
    evidence: "indicated",
    reason: `The value is an older one of Git's, but kubectl's last-applied annotation has a newer one, so the cluster had followed and it was put back outside Git${whyNotShown(evidence)}.`,
    matchesCommit: valueCommit(evidence, holder.commit),
  });
}

/** Why managedFields may hide a write, as a clause; null where nothing says so. */
function doubtOf(evidence: FieldEvidence, past: GitPast): string | null {
  const { live, managers, owners } = evidence;
  if (isCleared(evidence))
    return "somebody has cleared the managedFields of this Ingress, so who wrote it is unknown";
  if (managers.length === 0) return null;
  if (wasNewerApplied(evidence, past)) {
    return "kubectl's last-applied annotation has a newer value, and unknown whether the cluster had it";
  }
  const isGone = live.kind === "value" && live.value === undefined;
  if (!isGone) {
    return owners.length === 0 ? "managedFields names no owner of it, so who wrote it is unknown" : null;
  }
  const entry = wroteSince(evidence, past.leftAt);
  return entry === null
    ? null
    : `${entry.manager} wrote to this Ingress${entry.at === null ? "" : ` at ${entry.at}`}, perhaps after the cluster had followed, and what is removed leaves no owner`;
}

function wasApplied({ lastApplied, live }: FieldEvidence): boolean {
  return lastApplied !== null && sameFieldState(lastApplied, live);
}

/** Whoever wrote the annotation: it says what Git held only after the live value. */
function wasNewerApplied({ lastApplied }: FieldEvidence, { steps }: GitPast): boolean {
  return lastApplied !== null && steps.some(({ after }) => sameFieldState(after, lastApplied));
}
