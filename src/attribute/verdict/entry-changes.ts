import type { ClusterWrite } from "../../model/cluster-write.ts";
import { type FieldPath, formatFieldPath } from "../../model/field-path.ts";
import { isJsonObject } from "../../model/json.ts";
import { type KeyedValue, sameKeyedValue } from "../../model/keyed-ingress.ts";
import type { FieldState } from "../history/field-state.ts";
import type { EntryWrites, PartWrite } from "../writes/field-writes.ts";
import { isWriteOf, nameOfWriter } from "./actors.ts";
import { inSeconds } from "./attributions.ts";
import type { FieldEvidence } from "./field-evidence.ts";

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
 * The changes that still stand, newest first, those that the log does not show last; without those by which a part is
 * as a controller's rule or the pipeline's manifest has it.
 *
 * @param declared What the pipeline's manifest says of the entry; null where there is none.
 */
export function changesSince(
  evidence: FieldEvidence,
  { changes }: EntryWrites,
  declared: FieldState | null,
): EntryChange[] {
  const unexpected = changes.filter(
    (part) => !isByController(evidence, part) && !isDeclared(evidence, part, declared),
  );
  const byWrite = Map.groupBy(unexpected, ({ liveWrite }) =>
    "transition" in liveWrite ? liveWrite.transition.write : UNSEEN,
  );
  return [...byWrite]
    .toSorted(([left], [right]) => (timeOf(left) < timeOf(right) ? 1 : -1))
    .map(([write, parts]) => ({ write, webhooks: webhooksOf(parts), parts }));
}

function isByController(
  { divergence, id, ownerReferences, policy }: FieldEvidence,
  part: PartWrite,
): boolean {
  if (part.liveWrite.kind !== "shown") return false;
  const { write } = part.liveWrite.transition;
  const field = [...divergence.field, ...part.path];
  return policy.controllerRules.some(
    (rule) => rule.covers(id, field, ownerReferences) && isWriteOf(rule, write),
  );
}

/** Of a whole object only the presence is known. */
function isDeclared({ divergence, live }: FieldEvidence, { path }: PartWrite, declared: FieldState | null) {
  if (divergence.field.length === 0 || declared?.kind !== "value" || live.kind !== "value") return false;
  return sameKeyedValue(partOf(declared.value, path), partOf(live.value, path));
}

function partOf(entry: KeyedValue | undefined, path: FieldPath): KeyedValue | undefined {
  return path.reduce<KeyedValue | undefined>(
    (value, segment) => (isJsonObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined),
    entry,
  );
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
