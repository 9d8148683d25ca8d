import type { ClusterWrite } from "../../model/cluster-write.ts";
import { isJsonObject } from "../../model/json.ts";
import { isNewer, type KnownState, type LiveObject, metadataOf, type ObservedWrite } from "./known-state.ts";

/**
 * The states of one Ingress that are known, oldest first, the live one last. Writes after the live object was read
 * are left out, and so are those that left the resourceVersion as it was: the server stores nothing for them.
 */
export function knownStates(writes: readonly ObservedWrite[], live: LiveObject | null): KnownState[] {
  const states: KnownState[] = [];
  let unknownWrites: ClusterWrite[] = [];
  const push = (state: KnownState) => {
    if (storedNothingSince(states.at(-1), state)) unknownWrites = [];
    if (state.write === null || !storedNothingSince(states.at(-1), state)) {
      states.push({ ...state, unknownWrites });
      unknownWrites = [];
    }
  };
  for (const observed of writesUntil(writes, live)) {
    if (observed.after === undefined) unknownWrites.push(observed.write);
    else push(stateAfter(observed.write, observed.after));
  }
  push(liveState(live));
  return states;
}

function storedNothingSince(previous: KnownState | undefined, state: KnownState): boolean {
  return (
    previous !== undefined &&
    previous.keyed !== null &&
    state.keyed !== null &&
    previous.uid === state.uid &&
    previous.resourceVersion !== null &&
    previous.resourceVersion === state.resourceVersion
  );
}

/** The log may reach further than the live object's reading: a recorded snapshot is older than the log's end. */
function writesUntil(writes: readonly ObservedWrite[], live: LiveObject | null): readonly ObservedWrite[] {
  const { uid = null, resourceVersion = null } = live ?? {};
  if (uid === null) return writes;
  const end = writes.findIndex(
    ({ write, after }) =>
      write.uid === uid && (after === null || isNewer(write.resourceVersion, resourceVersion)),
  );
  return end === -1 ? writes : writes.slice(0, end);
}

function stateAfter(write: ClusterWrite, keyed: ObservedWrite["after"] & (object | null)): KnownState {
  const metadata = metadataOf(write.after);
  return {
    write,
    keyed,
    object: write.after ?? undefined,
    uid: write.uid,
    resourceVersion: write.resourceVersion,
    generation: typeof metadata.generation === "number" ? metadata.generation : null,
    isUnchanged: keyed !== null && isUnchangedUpdate(write),
    unknownWrites: [],
  };
}

/** An update that answers with the resourceVersion that it was sent with has changed nothing. */
function isUnchangedUpdate({ verb, request, resourceVersion }: ClusterWrite): boolean {
  if (verb !== "update" || !isJsonObject(request)) return false;
  const sent = metadataOf(request).resourceVersion;
  return typeof sent === "string" && sent !== "" && sent === resourceVersion;
}

function liveState(live: LiveObject | null): KnownState {
  return {
    write: null,
    keyed: live?.keyed ?? null,
    object: live?.object,
    uid: live?.uid ?? null,
    resourceVersion: live?.resourceVersion ?? null,
    generation: live?.generation ?? null,
    isUnchanged: false,
    unknownWrites: [],
  };
}
