import type { RawPath } from "./ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";

/** One change to a JSON value. Applied one after the other, each to what the ones before left. */
export type ValueEdit =
  /** Give a field or an entry of a list a value; maps that are missing on the way are made. */
  | { readonly kind: "set"; readonly path: RawPath; readonly value: Json }
  /** Take a field or an entry of a list away. */
  | { readonly kind: "remove"; readonly path: RawPath }
  /** Put an entry into the list at the path, before the one that has the index now. */
  | { readonly kind: "insert"; readonly path: RawPath; readonly index: number; readonly value: Json }
  /** Put the list's entries in another order: of each place, the index of the entry that comes there. */
  | { readonly kind: "reorder"; readonly path: RawPath; readonly order: readonly number[] };

/**
 * @returns The value with the change; what it does not touch is the same object.
 * @throws {RangeError} where the value has no place for it.
 */
export function applyValueEdit(value: Json, edit: ValueEdit): Json {
  switch (edit.kind) {
    case "set":
      return setAt(value, edit.path, edit.value);
    case "remove":
      return changeAt(value, edit.path.slice(0, -1), (parent) => without(parent, edit.path.at(-1)));
    case "insert":
      return changeAt(value, edit.path, (list) => listOf(list).toSpliced(edit.index, 0, edit.value));
    case "reorder":
      return changeAt(value, edit.path, (list) => edit.order.map((index) => listOf(list)[index] ?? null));
    default:
      return edit satisfies never;
  }
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: Json | undefined, path: RawPath): Json | undefined {
  return path.reduce<Json | undefined>((at, step) => childOf(at, step), value);
}

function childOf(value: Json | undefined, step: string | number): Json | undefined {
  if (Array.isArray(value)) return typeof step === "number" ? value[step] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function setAt(value: Json | undefined, [step, ...rest]: RawPath, set: Json): Json {
  if (step === undefined) return set;
  const child = setAt(childOf(value, step), rest, set);
  if (Array.isArray(value) && typeof step === "number" && step < value.length) return value.with(step, child);
  if (typeof step === "string" && !Array.isArray(value)) return withField(value, step, child);
  throw new RangeError(`There is no place for ${step}`);
}

function withField(value: Json | undefined, name: string, child: Json): JsonObject {
  return { ...(isJsonObject(value) ? value : {}), [name]: child };
}

function changeAt(value: Json, [step, ...rest]: RawPath, change: (value: Json) => Json): Json {
  if (step === undefined) return change(value);
  const child = childOf(value, step);
  if (child === undefined) throw new RangeError(`There is no ${step}`);
  const changed = changeAt(child, rest, change);
  return Array.isArray(value) ? value.with(Number(step), changed) : withField(value, String(step), changed);
}

function without(value: Json, step: string | number | undefined): Json {
  if (Array.isArray(value)) return value.toSpliced(Number(step), 1);
  if (!isJsonObject(value)) throw new RangeError(`There is no ${step}`);
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== step));
}

function listOf(value: Json): readonly Json[] {
  if (!Array.isArray(value)) throw new RangeError("There is no list");
  return value;
}
