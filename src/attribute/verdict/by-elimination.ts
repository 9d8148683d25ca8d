import type { Attribution } from "../../model/verdict.ts";
import { sameFieldState } from "../history/field-state.ts";
import { secondsOf } from "../seconds-of.ts";
import { actorFromManagers } from "./actor-from-managers.ts";
import { commitList, outOfBand } from "./attributions.ts";
import { pendingBeside, whyNotShown } from "./cluster-signs.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { appliedNote } from "./last-apply.ts";

/** Row 5. No commit on any ref here holds the live value: something other than Git wrote it. */
export function byElimination(evidence: FieldEvidence): Attribution {
  const { live } = evidence;
  const { actor, at, text } = actorFromManagers(evidence);
  const note = appliedNote(evidence);
  const isApplied = note !== null && sameFieldState(note.state, live);
  const conflict = at === null ? [] : pendingBeside(evidence, secondsOf(at));
  return outOfBand({
    evidence: at === null ? "inferred" : "indicated",
    reason: [
      isHeldLater(evidence)
        ? "No commit held this value yet when it was written, so something other than Git wrote it"
        : `No commit on any ref here holds this value${evidence.isPartial === true ? " in the audited paths" : ""}, so something other than Git wrote it`,
      isApplied ? ", and by kubectl's last-applied annotation somebody applied a manifest with it" : "",
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
