import type { ClusterWrite } from "../../model/cluster-write.ts";
import { type FieldTransition, transitionAt } from "./field-transitions.ts";
import { type Judgement, judgeState } from "./judge-state.ts";
import {
  isNewer,
  isSameObject,
  type KnownState,
  sameWrittenState,
  type TracedField,
  writtenState,
} from "./known-state.ts";
import { doubtBetween, isSpecField, unknownTouches } from "./unseen-writes.ts";
import { unseenOwner } from "./writing-manager.ts";

/** What the audit log shows of the write that gave a field its live value. */
export type LiveWrite =
  /** The write after which the field has had its live value until now, and whose request asked for it. */
  | {
      readonly kind: "shown";
      readonly transition: FieldTransition;
      /** True where the object has been written since, unseen: a field of the metadata may have changed and come back. */
      readonly unseenWritesSince: boolean;
    }
  /** That write's response has the value and its request does not ask for it: admission wrote it, not the requester. */
  | {
      readonly kind: "admission";
      readonly transition: FieldTransition;
      /** The mutating webhooks that changed the object; none where an admission plugin of the server's own did. */
      readonly webhooks: readonly string[];
      readonly unseenWritesSince: boolean;
    }
  /** The field already had its live value at the first recorded state. */
  | { readonly kind: "before-log" }
  /** The live value is not that of the last recorded state: the log lags, has ended, or lacks a write. */
  | { readonly kind: "after-log" }
  /** The log lacks the write, or may lack one, between two that it has. */
  | {
      readonly kind: "gap";
      readonly between: { readonly from: ClusterWrite | null; readonly to: ClusterWrite | null };
      readonly reason: string;
    }
  /** The log has no write to this Ingress. */
  | { readonly kind: "no-writes" };

/** A walk back from the live state through those in which the field is the same. */
export interface LiveWalk {
  readonly liveWrite: LiveWrite;
  /** The oldest recorded state that is known to have the live value; null where none is. */
  readonly since: KnownState | null;
}

export function walkToLiveWrite(states: readonly KnownState[], field: TracedField): LiveWalk {
  const ended = judgeLive(states, field);
  if (ended !== null) return { liveWrite: ended, since: null };
  const putBackBy: ClusterWrite[] = [];
  for (let index = states.length - 2; index >= 0; index--) {
    const judgement = judgeState(states, index, field);
    if (judgement.kind !== "kept") {
      return {
        liveWrite: liveWriteAt(states, index, judgement, putBackBy, field),
        since: states[index] ?? null,
      };
    }
    if (judgement.putBackBy !== null) putBackBy.push(judgement.putBackBy);
  }
  return { liveWrite: { kind: "before-log" }, since: states[0] ?? null };
}

/** @param putBackBy Later writes, of which each may have put back what a write without its body had changed. */
function liveWriteAt(
  states: readonly KnownState[],
  index: number,
  judgement: Exclude<Judgement, { kind: "kept" }>,
  putBackBy: readonly ClusterWrite[],
  field: TracedField,
): LiveWrite {
  if (judgement.kind === "doubt") return gapAt(states, index, judgement.reason);
  const transition = transitionAt(states, index, field);
  if (judgement.kind === "first" || transition === null) return { kind: "before-log" };
  if (putBackBy.some((write) => !isSameWriter(write, transition.write)))
    return gapAt(states, index, PUT_BACK);
  const unseen = byUnseenOwner(states, index, transition.write, field);
  if (unseen !== null) return unseen;
  const unseenWritesSince = hasUnseenWrites(states, field);
  return judgement.kind === "written"
    ? { kind: "shown", transition, unseenWritesSince }
    : { kind: "admission", transition, webhooks: transition.write.mutatedBy, unseenWritesSince };
}

const PUT_BACK = "a write to the status, which the log has without its body, may have changed it since";

/** Where either of two writes may be the one, it does not matter which if both are the same client's. */
function isSameWriter(left: ClusterWrite, right: ClusterWrite): boolean {
  return left.user === right.user && left.impersonatedBy === right.impersonatedBy;
}

/** Whether the log reaches the live state at all; null where it does. */
function judgeLive(states: readonly KnownState[], field: TracedField): LiveWrite | null {
  const live = states.at(-1);
  const last = states.at(-2);
  if (live === undefined || (last === undefined && live.unknownWrites.length === 0)) {
    return { kind: "no-writes" };
  }
  const unknown = unknownTouches(last, live, field.path);
  const gap = gapAt(states, states.length - 1, "the log has writes there without their bodies");
  if (last === undefined) return unknown.length > 0 ? gap : { kind: "before-log" };
  if (live.keyed === null && last.keyed === null) return unknown.length > 0 ? gap : null;
  const isSame =
    isSameObject(last, live) && sameWrittenState(writtenState(last, field), writtenState(live, field));
  if (!isSame) return unknown.length > 0 ? gap : { kind: "after-log" };
  const reason = doubtBetween(last, live, field);
  if (reason === null) return null;
  return unknown.length > 0 ? gap : { kind: "after-log" };
}

/**
 * Who owns a field of the metadata and has written since, unseen, may have written just this field. Of the spec the
 * generation tells, and below its lists managedFields do not.
 */
function byUnseenOwner(
  states: readonly KnownState[],
  index: number,
  write: ClusterWrite,
  field: TracedField,
): LiveWrite | null {
  if (field.path[0] !== "metadata") return null;
  const later = states
    .slice(index)
    .flatMap((state) => (state.write === null ? state.unknownWrites : [...state.unknownWrites, state.write]));
  const entry = unseenOwner(states.at(-1)?.object, field.path, write, later);
  if (entry === null) return null;
  const isAfterLog = later.every(({ at }) => Date.parse(at) < Date.parse(entry.at ?? ""));
  if (isAfterLog) return { kind: "after-log" };
  return gapAt(
    states,
    states.length - 1,
    `managedFields shows a write by ${entry.manager} at ${entry.at} that it does not have`,
  );
}

/** Whether the live object is newer than the log's last state of it in a way that may concern the field. */
function hasUnseenWrites(states: readonly KnownState[], field: TracedField): boolean {
  const live = states.at(-1);
  const last = states.at(-2);
  if (live?.keyed == null || last === undefined || field.path.length === 0) return false;
  if (isSpecField(field.path) && live.generation === last.generation) return false;
  return isNewer(live.resourceVersion, last.resourceVersion);
}

function gapAt(states: readonly KnownState[], index: number, reason: string): LiveWrite {
  const between = { from: states[index - 1]?.write ?? null, to: states[index]?.write ?? null };
  return { kind: "gap", between, reason };
}
