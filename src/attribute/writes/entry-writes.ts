import type { FieldPath } from "../../model/field-path.ts";
import { isJsonObject } from "../../model/json.ts";
import { type KeyedIngress, type KeyedValue, keyedValueAt } from "../../model/keyed-ingress.ts";
import { type ChangedPart, changedParts } from "./changed-parts.ts";
import type { KnownState, TracedField } from "./known-state.ts";
import { type LiveWrite, walkToLiveWrite } from "./live-write.ts";

/**
 * How something of several parts (a rule, a path, a tls entry, a whole Ingress) came to be there, and what has been
 * changed in it since. Who wrote to a part of it last need not be who put it there.
 */
export interface EntryWrites {
  /** The write since which it has been there, whatever was in it. */
  readonly presence: LiveWrite;
  /** What it was in the oldest recorded state since then; null where there is none. */
  readonly original: RecordedEntry | null;
  /** What is another now than it was originally. */
  readonly changes: readonly PartWrite[];
}

export interface RecordedEntry {
  /** When it was written so. */
  readonly at: string;
  readonly value: KeyedValue | undefined;
}

export interface PartWrite extends ChangedPart {
  readonly liveWrite: LiveWrite;
}

/** @returns null where the cluster has no such entry, or one value alone. */
export function entryWrites(states: readonly KnownState[], entry: TracedField): EntryWrites | null {
  const live = states.at(-1)?.keyed ?? null;
  const read = entry.path.length === 0 ? ({ fields }: KeyedIngress) => fields : entry.read;
  const value = live === null ? undefined : read(live);
  if (!isJsonObject(value)) return null;
  const isThere = (ingress: KeyedIngress) => (read(ingress) === undefined ? undefined : true);
  const { liveWrite, since } = walkToLiveWrite(states, { path: entry.path, read: isThere });
  if (since?.keyed == null || since.write === null) {
    return { presence: liveWrite, original: null, changes: [] };
  }
  const original = read(since.keyed);
  const changes = changedParts(original, value).map((part) => {
    const path = [...entry.path, ...part.path];
    return { ...part, liveWrite: liveWriteOf(states, path) };
  });
  return { presence: liveWrite, original: { at: since.write.at, value: original }, changes };
}

function liveWriteOf(states: readonly KnownState[], path: FieldPath): LiveWrite {
  const read = (ingress: KeyedIngress) => keyedValueAt(ingress, path);
  return walkToLiveWrite(states, { path, read }).liveWrite;
}
