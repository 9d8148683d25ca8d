import type { Attribution } from "../../model/verdict.ts";
import { byAppliedRevision } from "./by-applied-revision.ts";
import { byControllerRule } from "./by-controller-rule.ts";
import { byDeletion } from "./by-deletion.ts";
import { byElimination } from "./by-elimination.ts";
import { byGitTimeline } from "./by-git-timeline.ts";
import { byOtherRef } from "./by-other-ref.ts";
import { byShownWrite } from "./by-shown-write.ts";
import type { FieldEvidence } from "./field-evidence.ts";

/**
 * Decide who is behind a divergence, from Git's timeline of the field and the cluster's. The rows are tried in order;
 * each answers null where it has nothing to go by, and the last always answers:
 *
 *    an object that is being deleted is whose who asked for it;
 * 0. a named rule recognises a controller's write;
 * 1. the audit log shows the write of the live value;
 * 2. the applied revision is known;
 * 3. the live value occurs in the audited ref's history;
 * 4. it occurs on another ref;
 * 5. it occurs nowhere in Git.
 *
 * Pure. A history or a log that is too short yields evidence `none` and nobody's name.
 */
export function decideVerdict(evidence: FieldEvidence): Attribution {
  const attribution =
    byDeletion(evidence) ??
    byControllerRule(evidence) ??
    byShownWrite(evidence) ??
    byAppliedRevision(evidence) ??
    byGitTimeline(evidence) ??
    byOtherRef(evidence) ??
    byElimination(evidence);
  const doubt = attribution.evidence === "proven" ? doubtOfAbsence(evidence) : null;
  return doubt === null
    ? attribution
    : { ...attribution, evidence: "indicated", reason: `${attribution.reason} ${doubt}` };
}

/**
 * Nothing ties the absence of an object to the log but the time at which it was seen: it may have been created and
 * deleted once more since the delete that the log shows.
 */
function doubtOfAbsence({ divergence, live, observedAt, silence }: FieldEvidence): string | null {
  if (live.kind !== "no-object" || divergence.deletion !== undefined) return null;
  if (observedAt === null) {
    return "The snapshot does not say when it was taken, so it may be older than this write.";
  }
  if (silence?.kind !== "lacking") return null;
  return `But ${silence.reason}, so it may lack later ones to this Ingress too.`;
}
