import type { ClusterWrite } from "../../model/cluster-write.ts";
import { formatFieldPath } from "../../model/field-path.ts";
import type { Attribution } from "../../model/verdict.ts";
import type { FieldState } from "../history/field-state.ts";
import { secondsOf } from "../seconds-of.ts";
import { changedParts } from "../writes/changed-parts.ts";
import type { EntryWrites, FieldTransition, RecordedEntry } from "../writes/field-writes.ts";
import { isDeployment, isWriteOf, nameOfWriter } from "./actors.ts";
import { alsoSaying, inSeconds, outOfBand } from "./attributions.ts";
import { byAdmission } from "./by-admission.ts";
import { byDeployment } from "./by-deployment.ts";
import { byHand } from "./by-hand.ts";
import { changesClause, changesSince, describeParts, type EntryChange, UNSEEN } from "./entry-changes.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { isSince } from "./write-order.ts";

/**
 * Row 1 for what is of several parts (a rule, a path, a tls entry, a whole Ingress) and only the cluster has. Behind it
 * is who put it there; who has changed parts of it since is told beside. Where the pipeline or a controller put an
 * entry there and a hand changed it, no Git holds what is live: then it is the hand's, as any value would be.
 *
 * @see docs/decisions/0007-who-put-an-entry-there.md
 */
export function byEntry(
  evidence: FieldEvidence,
  entry: EntryWrites,
  original: RecordedEntry,
): Attribution | null {
  const { presence } = entry;
  const origin = expectedOrigin(evidence, entry, original);
  if (origin !== null) return byExpectedOrigin(evidence, entry, origin);
  const changes = changesSince(evidence, entry, null);
  switch (presence.kind) {
    case "shown":
      return alsoSaying(
        byHand(evidence, presence.transition),
        changesClause(othersThan(presence.transition.write, changes)),
      );
    case "admission":
      return alsoSaying(byAdmission(evidence, presence), changesClause(changes));
    default:
      return byUnknownOrigin(evidence, original, changes);
  }
}

interface Origin {
  readonly write: ClusterWrite;
  /** What the pipeline's manifest says, without what a controller has added since; null where there is none. */
  readonly declared: FieldState | null;
}

/** The pipeline's last manifest that has the entry, since it is there; or the pipeline's or a controller's write of it. */
function expectedOrigin(
  { declarations, divergence, id, ownerReferences, policy }: FieldEvidence,
  { presence }: EntryWrites,
  original: RecordedEntry,
): Origin | null {
  const declaration = declarations.find(
    ({ state, write }) => isSince(write, original.write) && isThere(state),
  );
  if (declaration !== undefined) return { write: declaration.write, declared: declaration.state };
  if (presence.kind !== "shown") return null;
  const { write } = presence.transition;
  const isControllers = policy.controllerRules.some(
    (rule) => rule.covers(id, divergence.field, ownerReferences) && isWriteOf(rule, write),
  );
  return isControllers || isDeployment(write, policy) ? { write, declared: null } : null;
}

function isThere(state: FieldState): boolean {
  return state.kind === "value" && state.value !== undefined;
}

function byExpectedOrigin(evidence: FieldEvidence, entry: EntryWrites, origin: Origin): Attribution | null {
  const { divergence, policy } = evidence;
  const isPipelines = ({ write }: EntryChange) => write !== UNSEEN && isDeployment(write, policy);
  const changes = changesSince(evidence, entry, origin.declared);
  const others = changes.filter((change) => !isPipelines(change));
  if (others.length === 0 && isOtherThanDeclared(evidence, changes, origin)) {
    return byRestorer(evidence, origin);
  }
  if (divergence.field.length === 0 || others.length === 0) {
    const latest = latestOf(origin.write, changes.find(isPipelines)?.write);
    if (!isDeployment(latest, policy)) return null;
    const live = origin.declared ?? evidence.live;
    return alsoSaying(byDeployment({ ...evidence, live }, latest), changesClause(others));
  }
  const putThere = `${nameOfWriter(origin.write)} had put it there at ${inSeconds(origin.write.at)}`;
  return byChanger(evidence, others, putThere);
}

/** A part that is back to what it was originally, and not as the pipeline has declared it since, is no change. */
function isOtherThanDeclared(
  { divergence, id, live, ownerReferences, policy }: FieldEvidence,
  changes: readonly EntryChange[],
  { declared }: Origin,
): boolean {
  if (divergence.field.length === 0 || declared?.kind !== "value" || live.kind !== "value") return false;
  const known = changes.flatMap(({ parts }) => parts.map(({ path }) => formatFieldPath(path)));
  return changedParts(declared.value, live.value).some(({ path }) => {
    const field = [...divergence.field, ...path];
    const isControllers = policy.controllerRules.some((rule) => rule.covers(id, field, ownerReferences));
    return !isControllers && !known.includes(formatFieldPath(path));
  });
}

/** Whoever wrote the entry last brought it back; the pipeline may have too, where the log does not show who did. */
function byRestorer(evidence: FieldEvidence, { write }: Origin): Attribution | null {
  const last = evidence.writes?.liveWrite;
  if (last?.kind !== "shown" || !isSince(last.transition.write, write)) return null;
  if (isDeployment(last.transition.write, evidence.policy))
    return byDeployment(evidence, last.transition.write);
  return byHand(evidence, last.transition);
}

function latestOf(write: ClusterWrite, other: EntryChange["write"] | undefined): ClusterWrite {
  return other === undefined || other === UNSEEN || !isSince(other, write) ? write : other;
}

/** Nobody is named for an entry that may have been there before the log, but whoever changed what Git held. */
function byUnknownOrigin(
  evidence: FieldEvidence,
  original: RecordedEntry,
  changes: readonly EntryChange[],
): Attribution | null {
  if (evidence.divergence.field.length === 0) return null;
  const { git } = evidence;
  const before: FieldState = { kind: "value", value: original.value };
  const isGits =
    git.latestHolder(before, secondsOf(original.write.at)) !== null || git.onOtherRefs(before).length > 0;
  const putThere = "it was there before, since when the audit log does not show";
  if (isGits) return byChanger(evidence, changes, putThere);
  const clause = changesClause(changes);
  if (clause === "") return null;
  return outOfBand({
    evidence: "none",
    reason: `Unknown who put this there, because it was there when the audit log begins or has a gap, and no commit on any ref here holds it as it was; ${clause}.`,
  });
}

/** Whoever of those that the log shows was the last to change the entry. */
function byChanger(
  evidence: FieldEvidence,
  changes: readonly EntryChange[],
  putThere: string,
): Attribution | null {
  const [last, ...others] = changes.filter(({ write }) => write !== UNSEEN);
  if (last === undefined || last.write === UNSEEN) return null;
  const rest = [...others, ...changes.filter(({ write }) => write === UNSEEN)];
  const transition = transitionOf(evidence, last.write);
  const attribution =
    last.webhooks === null
      ? byHand(evidence, transition, describeParts(last.parts))
      : byAdmission(evidence, { transition, webhooks: last.webhooks });
  return alsoSaying(attribution, [putThere, changesClause(rest)].filter((text) => text !== "").join("; "));
}

/** The whole entry's change by a write, of which a part is known. */
function transitionOf({ writes }: FieldEvidence, write: ClusterWrite): FieldTransition {
  const known = writes?.transitions.find((each) => each.write === write);
  return known ?? { write, before: { kind: "unknown" }, after: { kind: "unknown" }, explained: "by-request" };
}

function othersThan(write: ClusterWrite, changes: readonly EntryChange[]): EntryChange[] {
  return changes.filter(
    (change) =>
      change.write === UNSEEN ||
      change.write.user !== write.user ||
      change.write.impersonatedBy !== write.impersonatedBy,
  );
}
