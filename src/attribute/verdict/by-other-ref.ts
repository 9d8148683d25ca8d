import type { Attribution } from "../../model/verdict.ts";
import type { FieldOwner } from "../managed-fields.ts";
import { actorOfOwner } from "./actors.ts";
import { outOfBand, unmerged } from "./attributions.ts";
import { ownedByHand, whyNotShown, writtenNotAfter } from "./cluster-signs.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { chooseUnmergedWriter, isRemoved } from "./unmerged-writer.ts";

/** Row 4. The live value occurs on a ref that is not merged into the audited one, and nowhere else in Git. */
export function byOtherRef(evidence: FieldEvidence): Attribution | null {
  const writer = chooseUnmergedWriter(evidence, writtenNotAfter(evidence));
  if (writer === null) return null;
  if (isRemoved(evidence.live)) return removedThereToo(evidence);
  const hand = evidence.divergence.field.length > 0 ? ownedByHand(evidence) : null;
  if (hand !== null) return heldByHand(evidence, writer.ref, hand);
  return unmerged({
    evidence: "inferred",
    reason: `The audited ref never held this value; ${writer.text}${whyNotShown(evidence)}.`,
    ref: writer.ref,
    commits: writer.commits,
  });
}

/** The ref may be where a hand took the value from, or have taken over what the hand had set. */
function heldByHand(evidence: FieldEvidence, ref: string | null, hand: FieldOwner): Attribution {
  const isOwner = evidence.owners.length > 0;
  const { manager } = hand.entry;
  const wrote = isOwner
    ? `the program ${manager} wrote it and not the pipeline`
    : `only programs such as ${manager} have written to this Ingress`;
  return unmerged({
    evidence: "indicated",
    reason: `The audited ref never held this value, ${ref === null ? "only refs that are not merged do" : `only ${ref} does`}; by managedFields ${wrote}, and unknown whether the value came from there${whyNotShown(evidence)}.`,
    ref,
    actor: isOwner ? actorOfOwner(hand, evidence.policy) : null,
  });
}

/** Any old branch may have taken away the same: that nothing is there does not say where it came from. */
function removedThereToo(evidence: FieldEvidence): Attribution {
  return outOfBand({
    evidence: "none",
    reason: `The audited ref never lacked this; unknown who removed it, because refs that are not merged removed it too, and what is gone does not say whether it came from there: give --audit-log or --applied-revision${whyNotShown(evidence)}.`,
  });
}
