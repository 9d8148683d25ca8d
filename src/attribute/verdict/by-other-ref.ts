import type { Attribution } from "../../model/verdict.ts";
import { actorOfOwner } from "./actors.ts";
import { unmerged } from "./attributions.ts";
import { ownedByHand, whyNotShown, writtenNotAfter } from "./cluster-signs.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { chooseUnmergedWriter } from "./unmerged-writer.ts";

/** Row 4. The live value occurs on a ref that is not merged into the audited one, and nowhere else in Git. */
export function byOtherRef(evidence: FieldEvidence): Attribution | null {
  const writer = chooseUnmergedWriter(evidence, writtenNotAfter(evidence));
  if (writer === null) return null;
  const hand = evidence.divergence.field.length > 0 ? ownedByHand(evidence) : null;
  const doubt =
    hand === null
      ? ""
      : `; by managedFields the program ${hand.entry.manager} wrote it and not the pipeline, and unknown whether it took the value from there or the ref took it over`;
  return unmerged({
    evidence: hand === null ? "inferred" : "indicated",
    reason: `The audited ref never held this value; ${hand === null ? writer.text : `only ${writer.ref} holds`}${doubt}${whyNotShown(evidence)}.`,
    ref: writer.ref,
    commits: hand === null ? writer.commits : [],
    actor: hand === null ? null : actorOfOwner(hand, evidence.policy),
  });
}
