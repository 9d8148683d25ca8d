import { createHash } from "node:crypto";
import { parseAllDocuments } from "yaml";
import type { JsonObject } from "../../../src/model/json.ts";
import { isJsonObject, type Json } from "../../../src/model/json.ts";
import { applyEdits } from "./apply-edits.ts";
import { type CaseHistory, manifest } from "./build-history.ts";
import type { StateInput } from "./case-format.ts";

/** An Ingress in the making: its manifest's text, what was patched onto it since, and the server's own fields. */
export interface DerivedState {
  readonly text: string;
  readonly name: string | null;
  readonly namespace: string | null;
  readonly patches: readonly JsonObject[];
}

/** The object after one event of the log. */
export interface LoggedState {
  readonly state: DerivedState;
  /** With the server's own fields. */
  readonly object: JsonObject;
}

/** @param before The state that the input changes, unless it names another to start from. */
export function deriveState(
  input: StateInput,
  history: CaseHistory,
  before: DerivedState | null,
  where: string,
): DerivedState {
  const base = baseOf(input, history, before, where);
  return {
    text: applyEdits(base.text, input.edit, where),
    name: input.name ?? base.name,
    namespace: input.namespace ?? base.namespace,
    patches: input.patch === undefined ? base.patches : [...base.patches, input.patch],
  };
}

/** The object as the API server would store it, without the fields that it adds. */
export function stateObject(state: DerivedState, where: string): JsonObject {
  const candidates = parseAllDocuments(state.text)
    .map((document) => document.toJS() as Json)
    .flatMap((each) => (isJsonObject(each) && Array.isArray(each.items) ? (each.items as Json[]) : [each]))
    .filter(isJsonObject)
    .filter((each) => each.kind === "Ingress" && (state.name === null || nameOf(each) === state.name));
  const [object, ...others] = candidates;
  if (object === undefined || others.length > 0) {
    throw new Error(`${where}: ${candidates.length} Ingresses to choose from; say which one with name`);
  }
  const patched = state.patches.reduce<Json>(mergePatch, object);
  const named =
    state.namespace === null ? patched : mergePatch(patched, { metadata: { namespace: state.namespace } });
  if (!isJsonObject(named)) throw new Error(`${where}: the patch left no object`);
  return named;
}

/** The name by which the API server would call an object that nobody has re-created. */
export function defaultUid(namespace: string, name: string): string {
  const hex = createHash("sha1").update(`${namespace}/${name}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function metadataOf(object: JsonObject): JsonObject {
  return isJsonObject(object.metadata) ? object.metadata : {};
}

/** RFC 7386; not the product's own, which these objects are to test. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  const merged: Record<string, Json> = isJsonObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

/** The merge patch that leads from one object to the other; lists are given whole, as they are atomic. */
export function mergePatchBetween(before: JsonObject, after: JsonObject): JsonObject {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const patch: Record<string, Json> = {};
  for (const key of keys) {
    const [old, now] = [before[key], after[key]];
    if (JSON.stringify(old) === JSON.stringify(now)) continue;
    if (now === undefined) patch[key] = null;
    else patch[key] = isJsonObject(old) && isJsonObject(now) ? mergePatchBetween(old, now) : now;
  }
  return patch;
}

function baseOf(
  input: StateInput,
  history: CaseHistory,
  before: DerivedState | null,
  where: string,
): DerivedState {
  const fresh = { name: null, namespace: null, patches: [] };
  if (input.manifest !== undefined) return { text: manifest(input.manifest), ...fresh };
  if (input.declared !== undefined) {
    if (input.at === undefined) throw new Error(`${where}: declared needs at, the label of a commit`);
    return { text: history.textAt(input.declared, input.at), ...fresh };
  }
  if (before === null) throw new Error(`${where}: nothing to start from; say declared, manifest or after`);
  return before;
}

function nameOf(object: JsonObject): Json | undefined {
  return metadataOf(object).name;
}
