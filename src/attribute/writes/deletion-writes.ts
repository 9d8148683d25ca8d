import type { ClusterWrite } from "../../model/cluster-write.ts";
import { type Deletion, deletionOf } from "../../model/deletion.ts";
import { isDeleteAt } from "./delete-request.ts";
import { type FieldTransition, fieldTransitions } from "./field-transitions.ts";
import type { FieldWrites } from "./field-writes.ts";
import type { KnownState, LiveObject, ObservedWrite } from "./known-state.ts";
import { knownStates } from "./known-states.ts";
import type { LiveWrite } from "./live-write.ts";
import { unseenWrites } from "./unseen-stamps.ts";

/**
 * The writes behind an object that is being deleted: the delete that set its deletionTimestamp, which no later write
 * takes back, and before it those that brought the object there.
 */
export function deletionWrites(input: {
  readonly writes: readonly ObservedWrite[];
  readonly live: LiveObject;
  readonly deletion: Deletion;
  readonly logFirstEventAt: string | null;
}): FieldWrites {
  const states = knownStates(input.writes, input.live);
  const liveWrite = deleteOf(states, input.live, input.deletion);
  const presence = fieldTransitions(states, { path: [], read: () => true });
  return {
    liveWrite,
    transitions: "transition" in liveWrite ? [liveWrite.transition, ...presence] : presence,
    unseen: unseenWrites(states),
    logFirstEventAt: input.logFirstEventAt,
  };
}

function deleteOf(states: readonly KnownState[], live: LiveObject, deletion: Deletion): LiveWrite {
  const marked = states.find(
    ({ object, uid, write }) => write !== null && uid === live.uid && deletionOf(object ?? {}) !== null,
  );
  const bare = states.flatMap(({ unknownWrites }) => unknownWrites);
  const candidates = marked?.write == null ? bare : [marked.write, ...bare];
  const write = candidates.find((each) => isDeleteAt(each, live.uid, deletion.at));
  if (write !== undefined) return shown(write);
  if (marked !== undefined) return gapBefore(states, marked);
  return states.some((state) => state.write !== null) ? { kind: "after-log" } : { kind: "no-writes" };
}

function shown(write: ClusterWrite): LiveWrite {
  const transition: FieldTransition = {
    write,
    before: { kind: "value", value: true },
    after: { kind: "no-object" },
    explained: "by-request",
  };
  return { kind: "shown", transition, unseenWritesSince: false };
}

function gapBefore(states: readonly KnownState[], marked: KnownState): LiveWrite {
  const before = states[states.indexOf(marked) - 1];
  if (before === undefined) return { kind: "before-log" };
  const reason = `it has no delete between ${before.write?.at} and ${marked.write?.at}`;
  return { kind: "gap", between: { from: before.write, to: marked.write }, reason };
}
