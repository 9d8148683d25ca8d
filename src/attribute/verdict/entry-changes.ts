import type { ClusterWrite } from "../../model/cluster-write.ts";
import { formatFieldPath } from "../../model/field-path.ts";
import type { EntryWrites, PartWrite } from "../writes/field-writes.ts";
import { nameOfWriter } from "./actors.ts";
import { inSeconds } from "./attributions.ts";

/** Stands for the writes that the log does not show. */
export const UNSEEN = "unseen";

/** What one write changed in an entry after it was put there. */
export interface EntryChange {
  readonly write: ClusterWrite | typeof UNSEEN;
  /** The webhooks that wrote it while the write was admitted; null where the write itself asked for it. */
  readonly webhooks: readonly string[] | null;
  readonly parts: readonly PartWrite[];
}

/**
 * The changes that still stand, newest first, those that the log does not show last.
 *
 * @param origin Leaves out what was changed by then: the pipeline's manifest has said the same since. null: nothing.
 */
export function changesSince({ changes }: EntryWrites, origin: string | null): EntryChange[] {
  const byWrite = Map.groupBy(changes, ({ liveWrite }) =>
    "transition" in liveWrite ? liveWrite.transition.write : UNSEEN,
  );
  return [...byWrite]
    .filter(([write]) => write === UNSEEN || origin === null || write.at > origin)
    .toSorted(([left], [right]) => (timeOf(left) < timeOf(right) ? 1 : -1))
    .map(([write, parts]) => ({ write, webhooks: webhooksOf(parts), parts }));
}

function timeOf(write: EntryChange["write"]): string {
  return write === UNSEEN ? "" : write.at;
}

function webhooksOf([part]: readonly PartWrite[]): readonly string[] | null {
  return part?.liveWrite.kind === "admission" ? part.liveWrite.webhooks : null;
}

const MOST_CHANGES = 3;
const MOST_PARTS = 2;

/** `bob changed its backend.service.name at …; carol added its http.paths[…] at …`; empty where nobody changed a thing. */
export function changesClause(changes: readonly EntryChange[]): string {
  const told = changes.slice(0, MOST_CHANGES).map(describeChange);
  const left = changes.length - told.length;
  return [
    ...told,
    ...(left === 0 ? [] : [`${left} more ${left === 1 ? "write" : "writes"} changed it`]),
  ].join("; ");
}

function describeChange({ parts, webhooks, write }: EntryChange): string {
  const what = describeParts(parts);
  if (write === UNSEEN) return `a write that the audit log does not show ${what}`;
  const [webhook] = webhooks ?? [];
  const by =
    webhooks === null
      ? nameOfWriter(write)
      : webhook === undefined
        ? "admission"
        : `the mutating webhook ${webhook}`;
  return `${by} ${what} at ${inSeconds(write.at)}`;
}

/** `changed its backend.service.name and added its http.paths[…]`, the first few of them. */
export function describeParts(parts: readonly PartWrite[]): string {
  const told = parts.slice(0, MOST_PARTS).map(({ change, path }) => `${change} its ${formatFieldPath(path)}`);
  const left = parts.length - told.length;
  return [...told, ...(left === 0 ? [] : [`${left} more ${left === 1 ? "part" : "parts"}`])].join(" and ");
}
