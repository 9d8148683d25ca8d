import type { FieldPath } from "../../model/field-path.ts";
import type { FieldReader } from "../../model/field-reader.ts";
import { type EntryWrites, entryWrites } from "./entry-writes.ts";
import { type FieldTransition, fieldTransitions } from "./field-transitions.ts";
import type { LiveObject, ObservedWrite } from "./known-state.ts";
import { knownStates } from "./known-states.ts";
import { type LiveWrite, walkToLiveWrite } from "./live-write.ts";
import { type UnseenWrites, unseenWrites } from "./unseen-stamps.ts";

export type { EntryWrites, PartWrite, RecordedEntry } from "./entry-writes.ts";
export type { FieldTransition } from "./field-transitions.ts";
export type { LiveObject, ObservedWrite, WrittenState } from "./known-state.ts";
export type { LiveWrite } from "./live-write.ts";

/** The cluster's timeline of one field, so far as the audit log shows it. */
export interface FieldWrites {
  /** Newest first: the writes between two recorded states of the field that differ, and those that may have changed it. */
  readonly transitions: readonly FieldTransition[];
  readonly liveWrite: LiveWrite;
  /** Where the live value is of several parts: how it came to be there at all. Left out where it is one value. */
  readonly entry?: EntryWrites;
  /** What shows that the Ingress was written in a way that the log does not tell. */
  readonly unseen: UnseenWrites;
  /** When the log's first event of any kind happened; null where it holds none. */
  readonly logFirstEventAt: string | null;
}

/**
 * The writes to one field of one Ingress, and which of them gave it its live value.
 *
 * A write is named only if its own request asked for the live value, its response has it, the recorded state before
 * had another, and nothing in the log says that an unseen write lies between. Two things leave no trace in a log that
 * lacks writes, and no reader can tell them from a complete one: an unseen write, just before, by the same field
 * manager (or by any, where the log omits managedFields) whose value the named request itself states again; and
 * unseen writes that cancel each other out, such as a field of the metadata changed and put back, or an object
 * created again and deleted again.
 *
 * @param input.writes All recorded writes to this namespace and name, in the server's order, of all its uids.
 * @param input.live   null where the cluster has no such object.
 * @param input.read   Reads the field; for the whole object (the empty path) it answers the same for each object.
 */
export function fieldWrites(input: {
  readonly writes: readonly ObservedWrite[];
  readonly live: LiveObject | null;
  readonly read: FieldReader;
  readonly field: FieldPath;
  readonly logFirstEventAt: string | null;
}): FieldWrites {
  const field = { path: input.field, read: input.read };
  const states = knownStates(input.writes, input.live);
  const entry = entryWrites(states, field);
  return {
    transitions: fieldTransitions(states, field),
    liveWrite: walkToLiveWrite(states, field).liveWrite,
    ...(entry === null ? {} : { entry }),
    unseen: unseenWrites(states),
    logFirstEventAt: input.logFirstEventAt,
  };
}
