import type { Attribution } from "../../model/verdict.ts";
import { landedBy } from "../history/landing.ts";
import type { FieldOwner } from "../managed-fields.ts";
import { secondsOf } from "../seconds-of.ts";
import { lastToWriteList } from "./actor-from-managers.ts";
import { commitList, isoTime, outOfBand, pending, shortSha, valueCommit } from "./attributions.ts";
import { byNoLaterWrite } from "./by-no-later-write.ts";
import { pendingBeside, whyNotShown } from "./cluster-signs.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import type { GitPast } from "./git-past.ts";
import { lastPipelineWrite, mayBePipeline, type PipelineWrite } from "./pipeline.ts";

/**
 * Nobody is known to own the field itself: it is gone, or in a list that a hand has written, or managedFields does not
 * say. Where the pipeline wrote to the object after Git had moved on, the cluster had followed, and somebody took the
 * value back.
 *
 * @param hand The owner of the list; for a field that is gone, whoever wrote to an object that is no pipeline's.
 */
export function byLaterWrite(evidence: FieldEvidence, past: GitPast, hand: FieldOwner | null): Attribution {
  const write = lastPipelineWrite(evidence);
  if (write !== null && write.at >= past.leftAt) {
    const hadLanded = past.departures.some((step) => landedBy(evidence.index, step, write.at) !== "unknown");
    return hadLanded ? takenBack(evidence, past, hand, write) : perhapsTakenBack(evidence, past, write);
  }
  return hand === null ? byNoLaterWrite(evidence, past) : undecided(evidence, past, hand);
}

/** Git holds the value, but the cluster had followed Git already. */
function takenBack(
  evidence: FieldEvidence,
  { holder }: GitPast,
  hand: FieldOwner | null,
  write: PipelineWrite,
): Attribution {
  const matchesCommit = valueCommit(evidence, holder.commit);
  const writer = evidence.owners.length === 0 ? null : hand;
  const value =
    matchesCommit === null ? "older than every change of it" : `that of commit ${shortSha(matchesCommit)}`;
  return outOfBand({
    evidence: "indicated",
    reason: `The value is ${value}, but ${write.manager} wrote to this Ingress at ${isoTime(write.at)}, after Git had moved on, so it was put back outside Git${writer === null ? "" : `; ${lastToWriteList(writer.entry)}`}${whyNotShown(evidence)}.`,
    // Who removed it may have taken the last field from a pipeline's entry, and its time with it.
    conflict: writer === null ? [] : pendingBeside(evidence, secondsOf(writer.entry.at)),
    matchesCommit,
  });
}

/** A commit is made before it is pushed, and its date says only the first. */
function perhapsTakenBack(evidence: FieldEvidence, past: GitPast, write: PipelineWrite): Attribution {
  const isDated = Number.isFinite(past.leftAt);
  return pending({
    evidence: "none",
    reason: `Git moved off this value with ${commitList(past.commits)}, ${isDated ? `committed before ${write.manager} wrote to this Ingress at ${isoTime(write.at)}, but perhaps pushed or merged later` : "whose date cannot be right"}; unknown whether the cluster had followed and the value was put back, because nothing here shows it: give --audit-log or --applied-revision${whyNotShown(evidence)}.`,
  });
}

/** The last to write was no pipeline: this part may be as the pipeline left it, or as a hand made it. */
function undecided(evidence: FieldEvidence, { commits }: GitPast, hand: FieldOwner): Attribution {
  const wrote =
    evidence.owners.length > 0
      ? `${lastToWriteList(hand.entry)}; managedFields says no more`
      : `only programs such as ${hand.entry.manager} have written to this Ingress, and unknown whether they took it from Git, because managedFields does not say`;
  const isUnlisted = mayBePipeline(evidence, hand.entry);
  const hint = isUnlisted
    ? `; if ${hand.entry.manager} is the pipeline, list it under deployers in .ingress-audit.yaml`
    : "";
  return pending({
    evidence: "none",
    reason: `Git moved off this value with ${commitList(commits)}, but ${wrote}: give --audit-log or --applied-revision${hint}${whyNotShown(evidence)}.`,
  });
}
