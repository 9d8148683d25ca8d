import type { FieldReader } from "../../model/field-reader.ts";
import { isJsonObject } from "../../model/json.ts";
import { type KeyedIngress, type KeyedValue, sameKeyedValue } from "../../model/keyed-ingress.ts";
import type { ObjectState } from "./object-history.ts";

/** What one version of an Ingress says of one field. An Ingress without the field and no Ingress at all are two things. */
export type FieldState =
  | { readonly kind: "value"; readonly value: KeyedValue | undefined }
  | { readonly kind: "no-object" }
  | { readonly kind: "unreadable" };

export function fieldState(state: ObjectState, read: FieldReader): FieldState {
  switch (state.kind) {
    case "present":
      return { kind: "value", value: read(state.ingress) };
    case "absent":
      return { kind: "no-object" };
    case "unreadable":
      return { kind: "unreadable" };
    default:
      return state satisfies never;
  }
}

/** The state of a field in a live, observed or applied object; null where there is no such object. */
export function fieldStateOf(ingress: KeyedIngress | null, read: FieldReader): FieldState {
  return ingress === null ? { kind: "no-object" } : { kind: "value", value: read(ingress) };
}

/** Two unreadable states are never the same: what they hold is unknown. */
export function sameFieldState(left: FieldState, right: FieldState): boolean {
  if (left.kind === "value") return right.kind === "value" && sameKeyedValue(left.value, right.value);
  return left.kind === "no-object" && right.kind === "no-object";
}

/**
 * True when a merge took each part of the field from one of its parents, so that it wrote nothing of its own: both
 * sides changed different parts of one entry, and Git joined them.
 */
export function isCombinationOf(merged: FieldState, parents: readonly FieldState[]): boolean {
  if (merged.kind !== "value") return parents.some((parent) => sameFieldState(merged, parent));
  const values = parents.flatMap((parent) => (parent.kind === "value" ? [parent.value] : []));
  return values.length === parents.length && combines(merged.value, values);
}

function combines(merged: KeyedValue | undefined, parents: readonly (KeyedValue | undefined)[]): boolean {
  if (parents.some((parent) => sameKeyedValue(merged, parent))) return true;
  if (!isJsonObject(merged)) return false;
  const nodes = parents.filter(isJsonObject);
  if (nodes.length !== parents.length) return false;
  const segments = new Set([merged, ...nodes].flatMap((node) => Object.keys(node)));
  return [...segments].every((segment) =>
    combines(
      merged[segment],
      nodes.map((node) => node[segment]),
    ),
  );
}
