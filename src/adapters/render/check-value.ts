import type { RawPath } from "../../model/ingress.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { formatRawPath } from "./format-raw-path.ts";
import type { Finding } from "./problem-code.ts";

/** A value to be checked, and where it stands. */
export interface Check {
  readonly value: Json;
  readonly path: RawPath;
}

export function childOf(parent: Check, name: string): Check | null {
  const value =
    isJsonObject(parent.value) && Object.hasOwn(parent.value, name) ? parent.value[name] : undefined;
  return value === undefined ? null : { value, path: [...parent.path, name] };
}

export function itemsOf(list: Check | null): Check[] {
  if (list === null || !Array.isArray(list.value)) return [];
  return list.value.map((value: Json, index) => ({ value, path: [...list.path, index] }));
}

/** Absent and empty are one to Go. */
export function stringAt(parent: Check, name: string): string {
  const value = childOf(parent, name)?.value;
  return typeof value === "string" ? value : "";
}

/**
 * @param rule What the value must be, as the end of a sentence.
 */
export function invalid(path: RawPath, value: string | number, rule: string): Finding {
  const shown = JSON.stringify(value);
  return {
    path,
    code: "invalid-value",
    level: "error",
    message: `${formatRawPath(path)} is ${shown.length > 80 ? `${shown.slice(0, 80)}…` : shown}, and ${rule}`,
    remedy: "Correct the value; the API server refuses the object as it is.",
  };
}
