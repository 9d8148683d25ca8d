import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { FieldPath } from "../../model/field-path.ts";
import { isJsonObject, type Json, sameJson } from "../../model/json.ts";
import { applyJsonPatch } from "./json-patch.ts";
import { isSameObject, type KnownState, type TracedField } from "./known-state.ts";
import { segmentKey } from "./locate-field.ts";
import { applyMergePatch } from "./merge-patch.ts";
import { isStatusWritten, readVersion } from "./read-version.ts";
import { requestTouches } from "./request-touches.ts";
import {
  hadApplied,
  hasMoved,
  haveSameOwners,
  mentionsManagedFields,
  newStatusOwners,
  unseenManagers,
} from "./writing-manager.ts";

/**
 * Why the field, which has one value in two known states of one object, may have had another in between.
 *
 * metadata.generation counts the writes that changed the spec, so that with at most one of them a spec field that is
 * the same cannot have been another. Nothing counts the writes to the metadata: there, only what contradicts the log
 * is found, and two unseen writes that undo each other through a manager that also wrote visibly are not.
 *
 * @returns null where nothing says so.
 */
export function doubtBetween(previous: KnownState, state: KnownState, field: TracedField): string | null {
  if (field.path.length === 0) return null;
  if (isSpecField(field.path)) return missingSpecWrites(previous, state, 1);
  if (readVersion(previous, state) === "previous") return null;
  if (mayHaveFlapped(previous, state, field.path)) return "the log has writes there without their bodies";
  const [manager] = newStatusOwners(previous, state, field.path);
  if (manager !== undefined) return `${manager} wrote the field through the status subresource`;
  return signOfUnseenWrite(previous, state);
}

/** Of the writes in between whose outcome is not known, those that may have touched the field. */
export function unknownTouches(previous: KnownState | undefined, state: KnownState, field: FieldPath) {
  const isOneObject = previous !== undefined && isSameObject(previous, state);
  return state.unknownWrites.filter((write) => {
    const leavesAnotherObject = write.verb === "create" || write.verb === "delete";
    return !(isOneObject && leavesAnotherObject) && requestTouches(write, field) !== "no";
  });
}

/** @param allowed How many writes to the spec the two states may lie apart. */
export function missingSpecWrites(previous: KnownState, state: KnownState, allowed: number): string | null {
  if (previous.generation === null || state.generation === null) return "metadata.generation is not recorded";
  const count = state.generation - previous.generation;
  if (count >= 0 && count <= allowed) return null;
  return `metadata.generation went from ${previous.generation} to ${state.generation}, so writes are missing from the log`;
}

/** Proof that somebody wrote to the object itself in between, whatever it was. */
export function signOfUnseenWrite(previous: KnownState, state: KnownState): string | null {
  if (readVersion(previous, state) === "unseen" && !isStatusWritten(previous, state)) {
    return "a write there was made on a version that the log does not show";
  }
  if (isPointless(previous, state) && (!isStatusWritten(previous, state) || hasMoved(previous, state))) {
    return "a write there would have changed nothing of what the log shows, and the server stored something";
  }
  const [manager] = unseenManagers(previous, state);
  return manager === undefined
    ? null
    : `managedFields shows a write by ${manager} there that the log does not have`;
}

/** True where only the field's own part of the object differs: `spec` for a field of the spec, else the field alone. */
export function isOnlyChange(previous: KnownState, state: KnownState, field: FieldPath): boolean {
  const depth = isSpecField(field) ? 1 : field.length;
  const path = field.slice(0, depth);
  return sameJson(without(comparable(previous.object), path), without(comparable(state.object), path));
}

export function isToStatus({ subresource }: ClusterWrite): boolean {
  return subresource === "status";
}

export function isSpecField(field: FieldPath): boolean {
  return field[0] === "spec";
}

/**
 * True where a write to the status without its body may have changed a field of the metadata, and the next write, which
 * states the same value as before, put it back. Owners that have not moved in managedFields say that none did.
 */
export function mayHavePutBack(previous: KnownState, state: KnownState, field: FieldPath): boolean {
  return (
    unknownTouches(previous, state, field).some(isToStatus) &&
    mayTouch(previous, state, field) &&
    !haveSameOwners(previous, state, field)
  );
}

/** One write cannot change a value and put it back. Those to the status are many, and seldom touch the metadata. */
function mayHaveFlapped(previous: KnownState, state: KnownState, field: FieldPath): boolean {
  const unknown = unknownTouches(previous, state, field).filter((write) => !isToStatus(write)).length;
  return unknown > 0 && unknown + (mayTouch(previous, state, field) ? 1 : 0) > 1;
}

/** An apply cannot take away what its manager did not own before. */
function mayTouch(previous: KnownState, { object, write }: KnownState, field: FieldPath): boolean {
  if (write === null) return false;
  const touch = requestTouches(write, field);
  if (touch !== "unknown" || !write.isApply || object === undefined) return touch !== "no";
  return previous.object === undefined || hadApplied(previous.object, write, field) !== false;
}

/** True where the patch, carried out on the recorded state before, leaves that as it is: the server then stores nothing. */
function isPointless(previous: KnownState, { write }: KnownState): boolean {
  const before = previous.object;
  if (write === null || before === undefined || write.request === undefined) return false;
  if (write.verb !== "patch" || write.isApply || write.mutatedBy.length > 0) return false;
  if (mentionsManagedFields(write.request)) return false;
  const result = Array.isArray(write.request)
    ? applyJsonPatch(before, write.request)
    : applyMergePatch(before, write.request);
  if (isToStatus(write) && !sameJson(statusOf(result), statusOf(before))) return false;
  return result === undefined || sameJson(comparable(result), comparable(before));
}

function statusOf(object: Json | undefined): Json {
  return isJsonObject(object) ? (object.status ?? null) : null;
}

const SERVERS_OWN = ["resourceVersion", "generation", "managedFields"];

function comparable(object: Json | undefined): Json {
  if (!isJsonObject(object)) return {};
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const kept = Object.entries(metadata).filter(([name]) => !SERVERS_OWN.includes(name));
  return { ...object, status: null, metadata: { labels: {}, annotations: {}, ...Object.fromEntries(kept) } };
}

function without(value: Json, path: FieldPath): Json {
  const [segment, ...rest] = path;
  if (segment === undefined || !isJsonObject(value)) return value;
  const key = segmentKey(segment);
  const { [key]: part, ...others } = value;
  return rest.length === 0 || part === undefined ? others : { ...others, [key]: without(part, rest) };
}
