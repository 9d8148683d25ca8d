import type { Attribution } from "../../model/verdict.ts";
import { byAppliedRevision } from "./by-applied-revision.ts";
import { byControllerRule } from "./by-controller-rule.ts";
import { byDeletion } from "./by-deletion.ts";
import { byElimination } from "./by-elimination.ts";
import { byGitTimeline } from "./by-git-timeline.ts";
import { byLastApplied } from "./by-last-applied.ts";
import { byOtherRef } from "./by-other-ref.ts";
import { byShownWrite } from "./by-shown-write.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { unseenDeployment, wroteAt } from "./unseen-deployment.ts";

/**
 * Decide who is behind a divergence, from Git's timeline of the field and the cluster's. The rows are tried in order;
 * each answers null where it has nothing to go by, and the last always answers:
 *
 *    an object that is being deleted is whose who asked for it;
 * 0. a named rule recognises a controller's write;
 * 1. the audit log shows the write of the live value;
 * 2. the applied revision is known, or kubectl's annotation says what was last applied;
 * 3. the live value occurs in the audited ref's history;
 * 4. it occurs on another ref;
 * 5. it occurs nowhere in Git.
 *
 * Pure. A history or a log that is too short yields evidence `none` and nobody's name.
 */
export function decideVerdict(evidence: FieldEvidence): Attribution {
  const shown = byDeletion(evidence) ?? byControllerRule(evidence) ?? byShownWrite(evidence);
  const unseen = shown === null ? null : whatMayBeUnseen(evidence, shown);
  if (shown === null || unseen !== null)
    return byIndications(unseen === null ? evidence : withGap(evidence, unseen));
  const isUndated = isAbsence(evidence) && evidence.observedAt === null && shown.evidence === "proven";
  return isUndated ? { ...shown, evidence: "indicated", reason: `${shown.reason} ${UNDATED}` } : shown;
}

function byIndications(evidence: FieldEvidence): Attribution {
  return (
    byAppliedRevision(evidence) ??
    byLastApplied(evidence) ??
    byGitTimeline(evidence) ??
    byOtherRef(evidence) ??
    byElimination(evidence)
  );
}

/** Why whom the log shows need not be behind it, where the log lacks something. */
function whatMayBeUnseen(evidence: FieldEvidence, shown: Attribution): string | null {
  const since = wroteAt(shown);
  if (since === null) return null;
  return unseenDeployment(evidence, since) ?? unseenApply(evidence) ?? unseenDeletion(evidence);
}

/**
 * Nothing ties the absence of an object to the log but the time at which it was seen: it may have been created and
 * deleted once more since the delete that the log shows.
 */
function unseenDeletion(evidence: FieldEvidence): string | null {
  const { silence } = evidence;
  if (!isAbsence(evidence) || silence?.kind !== "lacking") return null;
  return `${silence.reason}, so it may lack another deletion of this Ingress`;
}

function isAbsence({ divergence, live }: FieldEvidence): boolean {
  return live.kind === "no-object" && divergence.deletion === undefined;
}

const UNDATED = "The snapshot does not say when it was taken, so it may be older than this write.";

/**
 * kubectl's server-side apply takes what somebody applied before it over, by more requests than one: of those that the
 * log has, the last may only say again what was there.
 *
 * @see https://github.com/kubernetes/kubernetes/pull/112905
 */
function unseenApply({ divergence, silence, writes }: FieldEvidence): string | null {
  const last = writes?.liveWrite;
  const isApply = last?.kind === "shown" && last.transition.write.isApply;
  return isApply && divergence.field[0] === "metadata" && silence?.kind === "lacking" ? silence.reason : null;
}

function withGap(evidence: FieldEvidence, reason: string): FieldEvidence {
  const { writes } = evidence;
  if (writes === null) return evidence;
  const { entry: _, ...others } = writes;
  const from = "transition" in writes.liveWrite ? writes.liveWrite.transition.write : null;
  return {
    ...evidence,
    writes: { ...others, liveWrite: { kind: "gap", between: { from, to: null }, reason } },
  };
}
