import type { Actor } from "../../model/verdict.ts";
import type { FieldManagerEntry, FieldOwner } from "../managed-fields.ts";
import { actorOfOwner } from "./actors.ts";
import type { FieldEvidence } from "./field-evidence.ts";

/** A sign that the object was written after a point in time. */
export interface LaterWrite {
  /** Seconds since the epoch. */
  readonly at: number;
  readonly actor: Actor | null;
  /** A clause: `kubectl-edit wrote spec.rules at …`. */
  readonly text: string;
}

/**
 * A manager other than the pipeline's that owns the field and wrote at or after a time. Times have a resolution of
 * one second; a tie counts as later, because nobody is to be named on a guess.
 */
export function handWroteLater(evidence: FieldEvidence, seconds: number): LaterWrite | null {
  const owner = newest(
    evidence.owners.filter(({ entry }) => !evidence.policy.isDeployerManager(entry.manager)),
  );
  const at = secondsOf(owner?.entry.at ?? null);
  if (owner === undefined || at === null || at < seconds) return null;
  const what = owner.isExact ? "wrote it" : "wrote the list that holds it";
  return {
    at,
    actor: actorOfOwner(owner, evidence.policy),
    text: `${owner.entry.manager} ${what} at ${owner.entry.at}`,
  };
}

/**
 * A tool that applies whole manifests wrote to the object at or after a time, so the cluster had followed Git by then.
 * A field that is gone has no owner: there, any manager's later write may be the one that removed it.
 */
export function appliedLater(evidence: FieldEvidence, seconds: number): LaterWrite | null {
  const isGone = evidence.live.kind === "value" && evidence.live.value === undefined;
  for (const entry of evidence.managers) {
    const at = secondsOf(entry.at);
    if (at === null || at < seconds || entry.subresource !== "") continue;
    if (evidence.policy.isDeployerManager(entry.manager) || isApplyTool(entry)) {
      return { at, actor: null, text: `${entry.manager} applied this Ingress at ${entry.at}` };
    }
    if (isGone) return { at, actor: null, text: `${entry.manager} wrote to this Ingress at ${entry.at}` };
  }
  return null;
}

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
  if (owners.length === 0) return pipelineWroteAt(evidence);
  if (owners.some(({ entry }) => MERGED_ENTRIES.has(entry.manager))) return null;
  const times = owners.map(({ entry }) => secondsOf(entry.at)).filter((time) => time !== null);
  return times.length === 0 || times.length < owners.length ? null : Math.max(...times);
}

/**
 * The newest owner of the field, where none of them is the pipeline: a known deployer's manager or, in a cluster that
 * shows none, a tool that applies whole manifests. The live value is then not what the pipeline wrote, whatever Git
 * holds. A field that is gone has no owner: it is nobody's but a hand's where the pipeline has never written to the
 * object.
 */
export function ownedByHand(evidence: FieldEvidence): FieldOwner | null {
  const { knowsDeployer, managers, owners, policy } = evidence;
  const isPipeline = (entry: FieldManagerEntry) =>
    policy.isDeployerManager(entry.manager) || (!knowsDeployer && isApplyTool(entry));
  const writers = owners.length > 0 ? owners : managers.map((entry) => ({ entry, isExact: false }));
  return writers.some(({ entry }) => isPipeline(entry)) ? null : (newest(writers) ?? null);
}

/** When the pipeline last wrote to the object, by managedFields: what landed before may have been applied then. */
export function pipelineWroteAt({ managers, policy }: FieldEvidence): number | null {
  const times = managers
    .filter(({ manager, subresource }) => subresource === "" && policy.isDeployerManager(manager))
    .map(({ at }) => secondsOf(at))
    .filter((time) => time !== null);
  return times.length === 0 ? null : Math.max(...times);
}

/** What managedFields says of the field's writer, and the clause that says it: a program, never a person. */
export function actorFromManagers(evidence: FieldEvidence): { actor: Actor | null; text: string } {
  const { divergence, owners, policy } = evidence;
  const isWholeObject = divergence.field.length === 0;
  const hands = owners.filter(({ entry }) => !policy.isDeployerManager(entry.manager));
  const candidates = hands.length > 0 ? hands : owners;
  const owner = newest(candidates);
  if (owner === undefined) {
    const isGone = evidence.live.kind !== "value" || evidence.live.value === undefined;
    return { actor: null, text: isGone ? "; what is removed leaves no owner in managedFields" : "" };
  }
  if (isWholeObject && candidates.length > 1) {
    return { actor: null, text: `; ${candidates.length} field managers have written to it` };
  }
  const at = owner.entry.at === null ? "" : ` at ${owner.entry.at}`;
  const text = owner.isExact
    ? `; managedFields names the program ${owner.entry.manager}${at}`
    : `; managedFields says that the program ${owner.entry.manager} last wrote the list that holds it${at}, and cannot say which entry`;
  return { actor: actorOfOwner(owner, policy), text };
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

export function secondsOf(at: string | null): number | null {
  const milliseconds = at === null ? Number.NaN : Date.parse(at);
  return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000);
}

/** Entries that the server makes of others': their time is not that of each write. */
const MERGED_ENTRIES: ReadonlySet<string> = new Set(["ancient-changes", "before-first-apply"]);

function newest(owners: readonly FieldOwner[]): FieldOwner | undefined {
  return owners.reduce<FieldOwner | undefined>(
    (latest, owner) =>
      latest === undefined || (owner.entry.at ?? "") > (latest.entry.at ?? "") ? owner : latest,
    undefined,
  );
}

function isApplyTool(entry: FieldManagerEntry): boolean {
  return (
    entry.operation === "Apply" || entry.manager === "kubectl-client-side-apply" || entry.manager === "helm"
  );
}
