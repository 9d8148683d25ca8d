import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";

/** An object's member; an empty object where it has none, so that reading can go on. */
export function objectAt(parent: JsonObject, name: string): JsonObject {
  const value = valueAt(parent, name);
  return isJsonObject(value) ? value : {};
}

/** A text that says something; null for an empty or missing one. */
export function textAt(parent: JsonObject, name: string): string | null {
  const value = valueAt(parent, name);
  return typeof value === "string" && value !== "" ? value : null;
}

export function textsAt(parent: JsonObject, name: string): string[] {
  return listAt(parent, name).filter((entry) => typeof entry === "string");
}

export function listAt(parent: JsonObject, name: string): readonly Json[] {
  const value = valueAt(parent, name);
  return Array.isArray(value) ? value : [];
}

export function valueAt(parent: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(parent, name) ? parent[name] : undefined;
}

/** True where a value is nested deeper than any Ingress is: a patch may hold anything, and readers recurse. */
export function isDeeperThan(value: Json | undefined, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (depth === 0) return true;
  return Object.values(value).some((child: Json) => isDeeperThan(child, depth - 1));
}
