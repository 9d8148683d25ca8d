import type { Attribution } from "../../model/verdict.ts";
import { sameFieldState } from "../history/field-state.ts";
import type { FieldOwner } from "../managed-fields.ts";
import { lastToWriteList } from "./actor-from-managers.ts";
import { actorOfOwner } from "./actors.ts";
import { outOfBand, unmerged } from "./attributions.ts";
import { isCleared, whyNotShown, writtenNotAfter } from "./cluster-signs.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { lastApply } from "./last-apply.ts";
import { mayBePipeline, ownedByHand } from "./pipeline.ts";
import { chooseUnmergedWriter, isRemoved } from "./unmerged-writer.ts";

/** Row 4. The live value occurs on a ref that is not merged into the audited one, and nowhere else in Git. */
export function byOtherRef(evidence: FieldEvidence): Attribution | null {
  const writer = chooseUnmergedWriter(evidence, writtenNotAfter(evidence));
  if (writer === null) return null;
  if (isRemoved(evidence.live)) return removedThereToo(evidence);
  if (evidence.git.latestHolder(evidence.live, null) !== null) return takenInLater(evidence, writer.ref);
  const last = lastApply(evidence);
  const isApplied = last !== null && sameFieldState(last.state, evidence.live);
  const other = isApplied ? null : otherWriter(evidence);
  if (other !== null) return heldByOther(evidence, writer.ref, other);
  return unmerged({
    evidence: isApplied ? "indicated" : "inferred",
    reason: `The audited ref never held this value; ${writer.text}${isApplied ? `, and by kubectl's last-applied annotation ${last.manager} applied it` : ""}${whyNotShown(evidence)}.`,
    ref: writer.ref,
    commits: writer.commits,
  });
}

/**
 * The audited ref held it too, later than the write that managedFields shows. An apply that changes nothing leaves no
 * time there, so that the pipeline may have brought it from either.
 */
function takenInLater(evidence: FieldEvidence, ref: string | null): Attribution {
  const holder = ref ?? "a ref that is not merged";
  return unmerged({
    evidence: "none",
    reason: `When the cluster got this value only ${holder} held it, and the audited ref has held it since; unknown which of them it came from, because managedFields does not say: give --audit-log or --applied-revision${whyNotShown(evidence)}.`,
    ref,
  });
}

interface OtherWriter {
  /** A clause. */
  readonly wrote: string;
  readonly hand: FieldOwner | null;
}

/** Who wrote the value, where that was not the pipeline or cannot be told; null where nothing speaks against the ref. */
function otherWriter(evidence: FieldEvidence): OtherWriter | null {
  const { divergence, managers, owners } = evidence;
  if (isCleared(evidence))
    return { wrote: "somebody has cleared the managedFields of this Ingress", hand: null };
  if (divergence.field.length === 0 || managers.length === 0) return null;
  if (owners.length === 0) return { wrote: "managedFields names no owner of it", hand: null };
  const hand = ownedByHand(evidence);
  if (hand === null) return null;
  const wrote = hand.isExact
    ? `by managedFields the program ${hand.entry.manager} wrote it`
    : lastToWriteList(hand.entry);
  return { wrote, hand };
}

/** The ref may be where a hand took the value from, or have taken over what the hand had set. */
function heldByOther(evidence: FieldEvidence, ref: string | null, { wrote, hand }: OtherWriter): Attribution {
  const hint =
    hand !== null && mayBePipeline(evidence, hand.entry)
      ? `; if ${hand.entry.manager} is the pipeline, list it under deployers in .ingress-audit.yaml`
      : "";
  return unmerged({
    evidence: "indicated",
    reason: `The audited ref never held this value, ${ref === null ? "only refs that are not merged do" : `only ${ref} does`}; ${wrote}, and unknown whether the value came from there${hint}${whyNotShown(evidence)}.`,
    ref,
    actor: hand?.isExact === true ? actorOfOwner(hand, evidence.policy) : null,
  });
}

/** Any old branch may have taken away the same: that nothing is there does not say where it came from. */
function removedThereToo(evidence: FieldEvidence): Attribution {
  return outOfBand({
    evidence: "none",
    reason: `The audited ref never lacked this; unknown who removed it, because refs that are not merged removed it too, and what is gone does not say whether it came from there: give --audit-log or --applied-revision${whyNotShown(evidence)}.`,
  });
}
