import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { FieldPath } from "../../model/field-path.ts";
import type { IngressObject } from "../../model/ingress.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { type FieldManagerEntry, fieldManagerEntries, fieldOwners } from "../managed-fields.ts";
import type { KnownState } from "./known-state.ts";

/**
 * Whether managedFields after a write agrees that this write changed the field's value. `yes`: the writer's entry
 * alone owns it, as of the time of the write. `no`: another entry owns it, or the writer's is older. `unknown`: the
 * log leaves managedFields out, or the field is gone, which leaves no owner.
 *
 * A write that changes a value takes it from every other manager and sets its own entry's time; one that only states
 * the same value again leaves the other owners where they are. An apply that takes a field away stamps its entry too.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function writerOwns(
  previous: KnownState | undefined,
  state: KnownState,
  field: FieldPath,
): "yes" | "no" | "unknown" {
  const { object, write } = state;
  if (object === undefined || write === null) return "unknown";
  const isWriters = isEntryOf(write);
  if (isWriters === null) return "unknown";
  const owned = ownersOf(object, field);
  const owners = owned.length === 0 && write.isApply ? entriesOf(object).filter(isWriters) : owned;
  if (owners.length === 0) return "unknown";
  const slack = previous !== undefined && hasMoved(previous, state) ? SLACK.moved : SLACK.unmoved;
  const isStamped = owners.every((entry) => isWriters(entry) && isTimeOf(write, entry, slack));
  if (!isStamped) return "no";
  return owned.length === 0 ? "unknown" : "yes";
}

/** True where the writer's own entry is new or newer than before, so that the write did change a value. */
export function hasMoved(previous: KnownState, { object, write }: KnownState): boolean {
  const isWriters = write === null ? null : isEntryOf(write);
  const before = previous.object === undefined ? [] : fieldManagerEntries(previous.object);
  const after = object === undefined ? [] : fieldManagerEntries(object);
  if (isWriters === null || before.length === 0) return false;
  return after.some((entry) => isWriters(entry) && !before.some((known) => isSameStamp(known, entry)));
}

/** Managers other than the writer's whose entries are new or newer than before: they wrote in between, unseen. */
export function unseenManagers(previous: KnownState, state: KnownState): string[] {
  const before = entriesOf(previous.object);
  const after = entriesOf(state.object);
  if (before.length === 0 || after.length === 0 || mentionsManagedFields(state.write?.request)) return [];
  const isWriters = state.write === null ? () => false : isEntryOf(state.write);
  if (isWriters === null) return [];
  return after
    .filter((entry) => !SERVERS_OWN.has(entry.manager) && !isWriters(entry))
    .filter((entry) => !before.some((known) => isSameStamp(known, entry)))
    .map(({ manager }) => manager);
}

/** True where the field has owners, and the same as before with the same times. */
export function haveSameOwners(previous: KnownState, state: KnownState, field: FieldPath): boolean {
  const before = ownersOf(previous.object, field);
  const after = ownersOf(state.object, field);
  return (
    after.length > 0 &&
    after.length === before.length &&
    after.every((entry) => before.some((known) => isSameStamp(known, entry)))
  );
}

/** Those who own the field through the status subresource now and did not before. */
export function newStatusOwners(previous: KnownState, state: KnownState, field: FieldPath): string[] {
  const before = ownersOf(previous.object, field);
  return ownersOf(state.object, field)
    .filter(({ subresource }) => subresource === "status")
    .filter((entry) => !before.some((known) => isSameStamp(known, entry)))
    .map(({ manager }) => manager);
}

/**
 * Of those who own the field, one whose entry is newer than a write and is stamped by no later write that the log has:
 * it wrote unseen, and perhaps this field.
 *
 * @param later The writes of the log from that one on.
 */
export function unseenOwner(
  object: IngressObject | undefined,
  field: FieldPath,
  write: ClusterWrite,
  later: readonly ClusterWrite[],
): FieldManagerEntry | null {
  const isNewer = ({ at }: FieldManagerEntry) => at !== null && Date.parse(at) > Date.parse(write.at);
  const isLogged = (entry: FieldManagerEntry) => later.some((each) => isStampedBy(entry, each));
  const owners = ownersOf(object, field).filter(({ manager }) => !SERVERS_OWN.has(manager));
  return owners.find((entry) => isNewer(entry) && !isLogged(entry)) ?? null;
}

/** True where a manager that owned the field no longer does: only another value takes it from one who did not let go. */
export function hasLostOwners(previous: KnownState, state: KnownState, field: FieldPath): boolean {
  const after = ownersOf(state.object, field);
  const isWriters = state.write === null ? null : isEntryOf(state.write);
  if (after.length === 0 || isWriters === null || mentionsManagedFields(state.write?.request)) return false;
  if (after.some(({ manager }) => SERVERS_OWN.has(manager))) return false;
  return ownersOf(previous.object, field).some(
    (owner) => !isWriters(owner) && !after.some((entry) => isSameEntry(owner, entry)),
  );
}

/** True where the object before the write shows that its server-side apply owned the field. */
export function hadApplied(previous: IngressObject, write: ClusterWrite, field: FieldPath): boolean | null {
  const entries = entriesOf(previous);
  const isWriters = isEntryOf(write);
  if (entries.length === 0 || isWriters === null) return null;
  return fieldOwners(entries, field).some(({ entry }) => isWriters(entry));
}

/** Whether a write may have made or renewed an entry: its manager is the entry's, and it ended when that was stamped. */
export function isStampedBy(entry: FieldManagerEntry, write: ClusterWrite): boolean {
  return isEntryOf(write)?.(entry) !== false && isTimeOf(write, entry, SLACK.moved);
}

/** Entries that the server makes of others' fields. */
const SERVERS_OWN: ReadonlySet<string> = new Set(["before-first-apply", "ancient-changes"]);

/**
 * Seconds that may pass between the server's stamping of the entry, to the second, and the end of the request. Where
 * the entry is not seen to have moved, an earlier write may have stamped it: then hardly any.
 */
const SLACK = { moved: 5, unmoved: 0.1 };

/** Owners through any subresource, which {@link fieldOwners} leaves out. */
function ownersOf(object: IngressObject | undefined, field: FieldPath): FieldManagerEntry[] {
  const entries = object === undefined ? [] : fieldManagerEntries(object);
  return entries.filter((entry) => fieldOwners([{ ...entry, subresource: "" }], field).length > 0);
}

function isSameEntry(left: FieldManagerEntry, right: FieldManagerEntry): boolean {
  const isSameManager = left.manager === right.manager && left.operation === right.operation;
  return isSameManager && left.subresource === right.subresource;
}

function isSameStamp(left: FieldManagerEntry, right: FieldManagerEntry): boolean {
  return isSameEntry(left, right) && left.at === right.at;
}

function entriesOf(object: IngressObject | undefined): FieldManagerEntry[] {
  return object === undefined
    ? []
    : fieldManagerEntries(object).filter(({ subresource }) => subresource === "");
}

function isEntryOf(write: ClusterWrite): ((entry: FieldManagerEntry) => boolean) | null {
  const manager = write.fieldManager ?? managerOfUserAgent(write.userAgent);
  const operation = write.isApply ? "Apply" : "Update";
  if (manager === null) return null;
  const subresource = write.subresource ?? "";
  return (entry) =>
    entry.manager === manager && entry.operation === operation && entry.subresource === subresource;
}

/** @see prefixFromUserAgent in k8s.io/apiserver/pkg/endpoints/handlers/create.go */
function managerOfUserAgent(userAgent: string | null): string | null {
  const prefix = userAgent?.split("/")[0]?.slice(0, 128) ?? "";
  return prefix === "" ? null : prefix;
}

function isTimeOf(write: ClusterWrite, entry: FieldManagerEntry, slack: number): boolean {
  const stamped = Date.parse(entry.at ?? "") / 1000;
  const ended = Date.parse(write.at) / 1000;
  if (Number.isNaN(stamped) || Number.isNaN(ended)) return false;
  return stamped <= ended && stamped >= Math.floor(ended - slack);
}

/** kubectl hands its fields over to server-side apply by a patch of managedFields itself. */
export function mentionsManagedFields(request: Json | undefined): boolean {
  if (Array.isArray(request)) {
    return request.some(
      (operation: Json) => isJsonObject(operation) && /managedFields/.test(String(operation.path)),
    );
  }
  return (
    isJsonObject(request) &&
    isJsonObject(request.metadata) &&
    Object.hasOwn(request.metadata, "managedFields")
  );
}
