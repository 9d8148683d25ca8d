import type { ClusterWrite } from "../../model/cluster-write.ts";
import { deleteRequest } from "./delete-request.ts";
import { type Explanation, explainChange } from "./explain-change.ts";
import {
  isSameObject,
  type KnownState,
  sameWrittenState,
  type TracedField,
  type WrittenState,
  writtenState,
} from "./known-state.ts";
import { requestTouches } from "./request-touches.ts";
import { unknownTouches } from "./unseen-writes.ts";

/** A write between two recorded states of a field. Where the log lacks writes, it need not be the one that changed it. */
export interface FieldTransition {
  readonly write: ClusterWrite;
  readonly before: WrittenState;
  readonly after: WrittenState;
  readonly explained: Explanation;
}

/** Newest first. */
export function fieldTransitions(states: readonly KnownState[], field: TracedField): FieldTransition[] {
  return states
    .flatMap((state, index) => {
      const known = isTransition(states, index, field) ? [transitionAt(states, index, field)] : [];
      return [...unknownTransitions(states[index - 1], state, field), ...known];
    })
    .filter((transition) => transition !== null)
    .toReversed();
}

/** The change of the field at a recorded state; null at the live one, whose write is not known. */
export function transitionAt(
  states: readonly KnownState[],
  index: number,
  field: TracedField,
): FieldTransition | null {
  const state = states[index];
  if (!state?.write) return null;
  const write = (state.keyed === null ? deleteRequest(states, index) : null) ?? state.write;
  const previous = states[index - 1];
  const isContinued = previous !== undefined && isSameObject(previous, state);
  return {
    write,
    before: beforeOf(previous, state, field),
    after: writtenState(state, field),
    explained: explainChange(write, field.path, isContinued ? previous.object : undefined),
  };
}

function beforeOf(previous: KnownState | undefined, state: KnownState, field: TracedField): WrittenState {
  if (state.write?.verb === "create") return { kind: "no-object" };
  if (previous === undefined || state.keyed === null) return writtenState(previous, field);
  return isSameObject(previous, state) ? writtenState(previous, field) : { kind: "unknown" };
}

function isTransition(states: readonly KnownState[], index: number, field: TracedField): boolean {
  const state = states[index];
  if (!state?.write) return false;
  if (state.keyed === null || state.write.verb === "create") return true;
  const before = beforeOf(states[index - 1], state, field);
  if (before.kind === "unknown") return requestTouches(state.write, field.path) !== "no";
  return !sameWrittenState(before, writtenState(state, field));
}

function unknownTransitions(
  previous: KnownState | undefined,
  state: KnownState,
  field: TracedField,
): FieldTransition[] {
  return unknownTouches(previous, state, field.path).map((write, index) => ({
    write,
    before: index === 0 ? writtenState(previous, field) : { kind: "unknown" },
    after: { kind: "unknown" },
    explained: "request-unknown",
  }));
}
