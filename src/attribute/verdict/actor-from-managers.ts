import type { Actor } from "../../model/verdict.ts";
import type { FieldManagerEntry } from "../managed-fields.ts";
import { actorOfOwner } from "./actors.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { mayBeFilledIn } from "./filled-in-class.ts";
import { isMerged, newest, setterAmong } from "./pipeline.ts";
import { isRemoved } from "./unmerged-writer.ts";

/** What managedFields says of a field's writer: a program, never a person. */
export interface ManagerSign {
  /** null where nothing shows that the program wrote this very field. */
  readonly actor: Actor | null;
  /** What there is to say, as a clause; empty where there is nothing. */
  readonly text: string;
  /** After this no owner has written the field: UTC, ISO 8601; null where no owner is known. */
  readonly at: string | null;
}

/**
 * Whoever owns the field itself wrote it. Of a list that is written as one only the last writer is known, who need not
 * have changed this entry: that is said, and the program is not told as who is behind it.
 *
 * @see docs/decisions/0014-the-last-writer-of-a-list.md
 */
export function actorFromManagers(evidence: FieldEvidence): ManagerSign {
  const { divergence, live, owners, policy } = evidence;
  if (divergence.field.length === 0 && owners.length > 1) {
    return { actor: null, text: `; ${owners.length} field managers have written to it`, at: null };
  }
  const setter = setterAmong(owners);
  const owner = setter ?? newest(owners);
  if (owner === undefined) {
    return {
      actor: null,
      text: isRemoved(live) ? "; what is removed leaves no owner in managedFields" : "",
      at: null,
    };
  }
  const { at = null } = newest(owners)?.entry ?? {};
  if (setter === undefined && owner.isExact && owners.length > 1) {
    return { actor: null, text: `; ${owners.length} field managers have applied it`, at };
  }
  if (setter === undefined && owner.isExact && mayBeFilledIn(evidence)) {
    const { manager } = owner.entry;
    const text = `; the program ${manager} has applied it${timeOf(owner.entry)}, and the API server may have filled it in before`;
    return { actor: null, text, at };
  }
  if (isMerged(owner.entry)) {
    return { actor: null, text: "; managedFields has merged the entries that would name its writer", at };
  }
  return owner.isExact
    ? {
        actor: actorOfOwner(owner, policy),
        text: `; managedFields names the program ${owner.entry.manager}${timeOf(owner.entry)}`,
        at,
      }
    : { actor: null, text: `; ${lastToWriteList(owner.entry)}`, at };
}

/** A clause about the owner of a list. */
export function lastToWriteList(entry: FieldManagerEntry): string {
  return isMerged(entry)
    ? "programs whose entries managedFields has merged were the last to write the whole list that holds it, and need not have changed this entry"
    : `the last to write the whole list that holds it was the program ${entry.manager}${timeOf(entry)}, which need not have changed this entry`;
}

function timeOf({ at }: FieldManagerEntry): string {
  return at === null ? "" : ` at ${at}`;
}
