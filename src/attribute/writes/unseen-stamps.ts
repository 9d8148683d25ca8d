import type { ClusterWrite } from "../../model/cluster-write.ts";
import { type FieldManagerEntry, fieldManagerEntries } from "../managed-fields.ts";
import type { KnownState } from "./known-state.ts";
import { isStampedBy } from "./writing-manager.ts";

/** What shows that the object was written in a way that the log does not tell, whenever it was. */
export interface UnseenWrites {
  /** Entries of managedFields, of recorded states and the live one, that no write of the log has stamped. */
  readonly stamps: readonly FieldManagerEntry[];
  /** Writes of which the log lacks the body. */
  readonly bare: readonly ClusterWrite[];
  /** When the recorded states were left, oldest first, and whether the log has their managedFields. */
  readonly states: readonly RecordedState[];
  /** The server-side applies that the log has; left out where there is none. */
  readonly applies?: readonly ClusterWrite[];
}

export interface RecordedState {
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly recordsManagers: boolean;
}

export function unseenWrites(states: readonly KnownState[]): UnseenWrites {
  const bare = states.flatMap(({ unknownWrites }) => unknownWrites);
  const logged = [...bare, ...states.flatMap(({ write }) => write ?? [])];
  const entries = states.flatMap(({ object }) => (object === undefined ? [] : fieldManagerEntries(object)));
  const byStamp = new Map(entries.map((entry) => [stampOf(entry), entry]));
  return {
    stamps: [...byStamp.values()].filter((entry) => !logged.some((write) => isStampedBy(entry, write))),
    bare,
    applies: logged.filter(({ isApply }) => isApply),
    states: states.flatMap(({ object, write }) =>
      write === null ? [] : [{ at: write.at, recordsManagers: fieldManagerEntries(object ?? {}).length > 0 }],
    ),
  };
}

function stampOf({ at, manager, operation, subresource }: FieldManagerEntry): string {
  return JSON.stringify([at, manager, operation, subresource]);
}
