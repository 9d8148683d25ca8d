import type { ClusterWrite } from "../../model/cluster-write.ts";
import { deleteRequest } from "./delete-request.ts";
import { explainChange } from "./explain-change.ts";
import {
  isSameObject,
  type KnownState,
  metadataOf,
  sameWrittenState,
  type TracedField,
  writtenState,
} from "./known-state.ts";
import { isStatusWritten, readVersion } from "./read-version.ts";
import { requestTouches } from "./request-touches.ts";
import { isSelfEvident } from "./self-evident.ts";
import {
  doubtBetween,
  isOnlyChange,
  isSpecField,
  isToStatus,
  mayHavePutBack,
  missingSpecWrites,
  signOfUnseenWrite,
  unknownTouches,
} from "./unseen-writes.ts";
import { hasLostOwners, writerOwns } from "./writing-manager.ts";

/**
 * What a recorded state says of the field beside the state before it. `kept`: the field came through unchanged;
 * `putBackBy` is set where it may have changed unseen and that write put it back.
 * `written`: this very write gave it its value, as its request asked. `admitted`: it did so though its request did
 * not ask. `first`: the log begins here. `doubt`: a write is missing from the log, or may be.
 */
export type Judgement =
  | { readonly kind: "kept"; readonly putBackBy: ClusterWrite | null }
  | { readonly kind: "written" | "admitted" }
  | { readonly kind: "first" }
  | { readonly kind: "doubt"; readonly reason: string };

/** @param states The known states, oldest first, of which the one at `index` is a write's. */
export function judgeState(states: readonly KnownState[], index: number, field: TracedField): Judgement {
  const state = states[index];
  const previous = states[index - 1];
  if (state?.write === undefined || state.write === null) return { kind: "first" };
  if (state.keyed === null) return judgeDelete(states, index, state.write);
  if (state.write.verb === "create") return judgeCreate(state.write, field);
  if (previous !== undefined && isSameObject(previous, state)) {
    return judgeBeside(previous, state, state.write, field);
  }
  if (isSelfEvident(previous, state, field.path)) return { kind: "written" };
  return previous === undefined
    ? { kind: "first" }
    : doubt("the log does not show the creation of this object");
}

function judgeBeside(
  previous: KnownState,
  state: KnownState,
  write: ClusterWrite,
  field: TracedField,
): Judgement {
  const isSame = sameWrittenState(writtenState(previous, field), writtenState(state, field));
  if (!isSame) {
    const judgement = judgeChange(previous, state, write, field);
    const isEvident = judgement.kind === "doubt" && isSelfEvident(previous, state, field.path);
    return isEvident ? { kind: "written" } : judgement;
  }
  if (wasPutBack(previous, state, field.path)) return judgePutBack(previous, state, write, field);
  const putBackBy = mayHavePutBack(previous, state, field.path) ? write : null;
  return asJudgement(doubtBetween(previous, state, field), { kind: "kept", putBackBy });
}

/** An object with finalizers goes away when the last one is removed; who did that did not ask for the deletion. */
function judgeDelete(states: readonly KnownState[], index: number, write: ClusterWrite): Judgement {
  if (deleteRequest(states, index) !== null) return { kind: "written" };
  const sameObject = states.slice(0, index).filter((state) => isStateOf(state, write));
  const isMarked = sameObject.some((state) => metadataOf(state.object).deletionTimestamp !== undefined);
  return sameObject.length === 0 || isMarked
    ? { kind: "first" }
    : doubt("the log shows the removal of the last finalizer and not the deletion");
}

function isStateOf(state: KnownState, { uid }: ClusterWrite): boolean {
  return state.keyed !== null && state.uid !== null && state.uid === uid;
}

function judgeCreate(write: ClusterWrite, field: TracedField): Judgement {
  const explanation = explainChange(write, field.path, undefined);
  if (explanation === "by-request") return { kind: "written" };
  if (explanation === "not-in-request") return { kind: "admitted" };
  return doubt("the log has the creation without its request");
}

function judgeChange(
  previous: KnownState,
  state: KnownState,
  write: ClusterWrite,
  field: TracedField,
): Judgement {
  const missing = doubtOfChange(previous, state, field);
  if (missing !== null) return doubt(missing);
  const isNext = readVersion(previous, state) === "previous";
  const owns = isNext ? "yes" : writerOwns(previous, state, field.path);
  if (owns === "no") return doubt("managedFields shows that another write set the value");
  const explanation = explainChange(write, field.path, previous.object);
  switch (explanation) {
    case "by-request": {
      const sign = owns === "unknown" ? signOfUnseenWrite(previous, state) : null;
      return asJudgement(sign, { kind: "written" });
    }
    case "not-in-request":
      return owns === "yes" && (isNext || write.mutatedBy.length > 0)
        ? { kind: "admitted" }
        : doubt("the value appears with a write whose request does not ask for it");
    case "request-unknown":
      return doubt("the log does not say whether the request asked for the value");
    default:
      return explanation satisfies never;
  }
}

function judgePutBack(
  previous: KnownState,
  state: KnownState,
  write: ClusterWrite,
  field: TracedField,
): Judgement {
  const touch = requestTouches(write, field.path);
  if (touch === "sets" || touch === "restates-list") return judgeChange(previous, state, write, field);
  return doubt("managedFields shows that the value was another in between");
}

/** The value is the same as before and yet was another in between, which took it from its owners. */
function wasPutBack(previous: KnownState, state: KnownState, field: TracedField["path"]): boolean {
  return field[0] === "metadata" && hasLostOwners(previous, state, field);
}

/** What keeps a change between two states from being this write's, whatever the write asked for. */
function doubtOfChange(previous: KnownState, state: KnownState, field: TracedField): string | null {
  if (state.isUnchanged) return "the value appears with a write that changed nothing";
  const version = readVersion(previous, state);
  if (version === "previous") return null;
  if (!unknownTouches(previous, state, field.path).every(isToStatus)) {
    return "the log has writes there without their bodies";
  }
  if (isSpecField(field.path)) {
    const missing = missingSpecWrites(previous, state, 1);
    if (missing !== null) return missing;
  }
  if (version === "unsaid") return null;
  return !isStatusWritten(previous, state) || !isOnlyChange(previous, state, field.path)
    ? "the write was made on a version that the log does not show"
    : null;
}

function asJudgement(reason: string | null, otherwise: Judgement): Judgement {
  return reason === null ? otherwise : doubt(reason);
}

function doubt(reason: string): Judgement {
  return { kind: "doubt", reason };
}
