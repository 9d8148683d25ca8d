import { sameFieldState } from "../history/field-state.ts";
import type { FieldManagerEntry } from "../managed-fields.ts";
import { secondsOf } from "../seconds-of.ts";
import { shasOf } from "./attributions.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { isMerged, lastPipelineWrite, mayApply } from "./pipeline.ts";
import { isRemoved } from "./unmerged-writer.ts";

/**
 * The last second in which the live value can have been written: its owners have written nothing since. What a commit
 * says that was made later still, the cluster does not have from it.
 *
 * @returns null where managedFields does not tell.
 */
export function writtenNotAfter(evidence: FieldEvidence): number | null {
  const { createdAt, divergence, owners } = evidence;
  if (divergence.field.length === 0) return secondsOf(createdAt);
  // Who took it away is not recorded, but the pipeline can have done so only when it last wrote.
  if (owners.length === 0) return lastDeployerWrite(evidence);
  if (owners.some(({ entry }) => isMerged(entry))) return null;
  const times = owners.map(({ entry }) => secondsOf(entry.at)).filter((time) => time !== null);
  return times.length < owners.length ? null : Math.max(...times);
}

function lastDeployerWrite(evidence: FieldEvidence): number | null {
  return evidence.knowsDeployer ? (lastPipelineWrite(evidence)?.at ?? null) : null;
}

/**
 * The commits that are certainly pending beside a hand's write: they were made when the hand had written, and when
 * whatever may have applied them had. One that says what the hand set is beside nothing; one that removed the field may
 * have been applied, for an apply leaves what others own and no trace of that.
 */
export function pendingBeside(evidence: FieldEvidence, handWroteAt: number | null): string[] {
  const { git, index, live, managers } = evidence;
  const applied = managers
    .filter((entry) => entry.subresource === "" && mayApply(evidence, entry))
    .map(({ at }) => secondsOf(at) ?? Number.POSITIVE_INFINITY);
  const steps = git.madeAfter(Math.max(handWroteAt ?? 0, ...applied));
  return shasOf(
    index,
    steps.filter(({ after }) => !sameFieldState(after, live) && !isRemoved(after)),
  );
}

/** A manager that has written to the object at or after a time, and may so have taken a field away. */
export function wroteSince({ managers }: FieldEvidence, seconds: number): FieldManagerEntry | null {
  const since = managers.filter(
    ({ at, subresource }) => subresource === "" && at !== null && secondsOf(at) >= seconds,
  );
  return since.find((entry) => !isMerged(entry)) ?? since[0] ?? null;
}

/** True where somebody has cleared the object's managedFields: the server keeps them, and others' are there. */
export function isCleared({ live, managers, recordsManagers }: FieldEvidence): boolean {
  return live.kind === "value" && managers.length === 0 && recordsManagers;
}

/** Why the audit log, where one was given, does not show the write. A clause, or nothing. */
export function whyNotShown({ writes }: FieldEvidence): string {
  switch (writes?.liveWrite.kind) {
    case "before-log":
      return "; the audit log begins after the write";
    case "after-log":
      return "; the audit log does not reach the write";
    case "gap":
      return `; the audit log has a gap there (${writes.liveWrite.reason})`;
    default:
      return "";
  }
}

/** True where the audit log covers the time from `seconds` to the reading and shows no write to the object. */
export function logCovers({ silence, writes }: FieldEvidence, seconds: number): boolean {
  if (writes?.liveWrite.kind !== "no-writes" || silence?.kind !== "counts") return false;
  const from = secondsOf(writes.logFirstEventAt);
  return from !== null && from < seconds;
}
