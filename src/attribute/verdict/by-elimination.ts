import type { Attribution } from "../../model/verdict.ts";
import { commitList, outOfBand, shasOf } from "./attributions.ts";
import { actorFromManagers, pipelineWroteAt, secondsOf, whyNotShown } from "./cluster-signs.ts";
import type { FieldEvidence } from "./field-evidence.ts";

/** Row 5. No commit on any ref here holds the live value: something other than Git wrote it. */
export function byElimination(evidence: FieldEvidence): Attribution {
  const { actor, text } = actorFromManagers(evidence);
  const conflict = changedAfter(evidence, secondsOf(actor?.at ?? null));
  return outOfBand({
    evidence: actor === null ? "inferred" : "indicated",
    reason: [
      isHeldLater(evidence)
        ? "No commit held this value yet when it was written, so something other than Git wrote it"
        : `No commit on any ref here holds this value${evidence.isPartial === true ? " in the audited paths" : ""}, so something other than Git wrote it`,
      text,
      conflict.length === 0 ? "" : `; ${commitList(conflict)} changed it in Git after that`,
      whyNotShown(evidence),
      ".",
    ].join(""),
    actor,
    conflict,
  });
}

function isHeldLater({ git, live }: FieldEvidence): boolean {
  return git.latestHolder(live, null) !== null || git.onOtherRefs(live).length > 0;
}

/** Commits that landed after the hand's write and that the cluster shows no sign of: still pending beside it. */
function changedAfter(evidence: FieldEvidence, wroteAt: number | null): string[] {
  if (wroteAt === null) return [];
  const since = Math.max(wroteAt, pipelineWroteAt(evidence) ?? 0);
  return shasOf(evidence.index, evidence.git.landedAfter(since));
}
