import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { FieldPath } from "../../model/field-path.ts";
import type { FieldReader } from "../../model/field-reader.ts";
import type { IngressObject } from "../../model/ingress.ts";
import { isJsonObject } from "../../model/json.ts";
import { type KeyedIngress, type KeyedValue, sameKeyedValue } from "../../model/keyed-ingress.ts";

/** A write of the audit log with the object after it in keyed form: null where it is gone, undefined where not recorded. */
export interface ObservedWrite {
  readonly write: ClusterWrite;
  readonly after: KeyedIngress | null | undefined;
}

/** The object as the cluster holds it; its whole, with managedFields, where the caller has it. */
export interface LiveObject {
  readonly keyed: KeyedIngress | null;
  readonly uid: string | null;
  readonly resourceVersion: string | null;
  readonly generation: number | null;
  readonly object?: IngressObject;
}

/** One state of the object that is known whole: after a recorded write, or live. */
export interface KnownState {
  /** The write that left the object so; null for the live object, whose last write may not be in the log. */
  readonly write: ClusterWrite | null;
  /** null where there is no object. */
  readonly keyed: KeyedIngress | null;
  readonly object: IngressObject | undefined;
  readonly uid: string | null;
  readonly resourceVersion: string | null;
  readonly generation: number | null;
  /** True where the write's own request proves that it changed nothing: what is new here is somebody else's. */
  readonly isUnchanged: boolean;
  /** Recorded writes between the known state before and this one, of which the log does not say what they left. */
  readonly unknownWrites: readonly ClusterWrite[];
}

/** What a recorded state says of a field. An Ingress without the field and no Ingress at all are two things. */
export type WrittenState =
  | { readonly kind: "value"; readonly value: KeyedValue | undefined }
  | { readonly kind: "no-object" }
  | { readonly kind: "unknown" };

/** The field whose timeline is asked for. */
export interface TracedField {
  readonly path: FieldPath;
  readonly read: FieldReader;
}

export function writtenState(state: KnownState | undefined, field: TracedField): WrittenState {
  if (state === undefined) return { kind: "unknown" };
  return state.keyed === null ? { kind: "no-object" } : { kind: "value", value: field.read(state.keyed) };
}

export function sameWrittenState(left: WrittenState, right: WrittenState): boolean {
  if (left.kind === "value") return right.kind === "value" && sameKeyedValue(left.value, right.value);
  return left.kind === "no-object" && right.kind === "no-object";
}

/** True where both are states of one object, and not of a deleted one and of another by the same name. */
export function isSameObject(left: KnownState, right: KnownState): boolean {
  return left.keyed !== null && right.keyed !== null && left.uid !== null && left.uid === right.uid;
}

export function isNewer(resourceVersion: string | null, than: string | null): boolean {
  if (resourceVersion === null || than === null) return false;
  if (!/^\d+$/.test(resourceVersion) || !/^\d+$/.test(than)) return resourceVersion !== than;
  return BigInt(resourceVersion) > BigInt(than);
}

export function metadataOf(object: IngressObject | null | undefined): IngressObject {
  return isJsonObject(object?.metadata) ? object.metadata : {};
}
