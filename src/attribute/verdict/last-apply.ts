import type { FieldState } from "../history/field-state.ts";
import { type FieldManagerEntry, fieldOwners } from "../managed-fields.ts";
import { secondsOf } from "../seconds-of.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { isApplyTool, isGenuineDeployer, isPipeline, mayBePipeline, NOTE_KEEPER } from "./pipeline.ts";

/** What kubectl's last-applied annotation says of the field, where a tool that applies manifests wrote it. */
export interface AppliedNote {
  readonly state: FieldState;
  readonly entry: FieldManagerEntry;
}

/** What the pipeline's last client-side apply declared of the field. */
export interface LastApply {
  readonly state: FieldState;
  readonly manager: string;
  /** The last time, in seconds, at which its writer changed the object: the apply was not later. */
  readonly at: number;
  /** False for a tool that people use too: whose apply it was, nothing tells. */
  readonly isDeployers: boolean;
}

const ANNOTATION = ["metadata", "annotations", '["kubectl.kubernetes.io/last-applied-configuration"]'];

/**
 * Anybody may write the annotation (`kubectl annotate`, `apply set-last-applied`): it is a note of an apply only where
 * its one owner is a tool that applies.
 */
export function appliedNote(evidence: FieldEvidence): AppliedNote | null {
  const { lastApplied, managers, policy } = evidence;
  if (lastApplied === null || lastApplied.kind === "unreadable") return null;
  const [owner, ...others] = fieldOwners(managers, ANNOTATION).filter(({ isExact }) => isExact);
  if (owner === undefined || others.length > 0) return null;
  const { entry } = owner;
  const isTool = isApplyTool(entry) || policy.isDeployerManager(entry.manager);
  return isTool ? { state: lastApplied, entry } : null;
}

/**
 * The note is the pipeline's where its writer is, and up to date where nobody else that is or may be the pipeline has
 * written to the object since, nor owns the field: they leave the annotation as it was.
 */
export function lastApply(evidence: FieldEvidence): LastApply | null {
  const { managers, owners } = evidence;
  const note = appliedNote(evidence);
  if (note === null || !isPipeline(evidence, note.entry)) return null;
  const manager = note.entry.manager === NOTE_KEEPER ? "kubectl" : note.entry.manager;
  const isOwn = (entry: FieldManagerEntry) =>
    entry === note.entry || (entry.manager === manager && entry.operation === note.entry.operation);
  const at = latest(managers.filter(isOwn));
  if (at === null) return null;
  const rivals = managers.filter((entry) => !isOwn(entry) && mayDeploy(evidence, entry));
  const isOutdone = rivals.some((entry) => entry.at === null || secondsOf(entry.at) >= at);
  if (isOutdone || owners.some(({ entry }) => rivals.includes(entry))) return null;
  return { state: note.state, manager, at, isDeployers: isGenuineDeployer(evidence, note.entry) };
}

function mayDeploy(evidence: FieldEvidence, entry: FieldManagerEntry): boolean {
  return entry.subresource === "" && (isPipeline(evidence, entry) || mayBePipeline(evidence, entry));
}

function latest(entries: readonly FieldManagerEntry[]): number | null {
  const times = entries.flatMap(({ at }) => (at === null ? [] : [secondsOf(at)]));
  return times.length === 0 ? null : Math.max(...times);
}
