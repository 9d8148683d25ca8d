import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { FieldPath } from "../../model/field-path.ts";
import { isJsonObject, type Json, type JsonObject, sameJson } from "../../model/json.ts";
import { pointerTokens } from "./json-patch.ts";
import type { KnownState } from "./known-state.ts";
import { locateField, segmentKey } from "./locate-field.ts";
import { writerOwns } from "./writing-manager.ts";

/**
 * True where a write proves by itself that it changed the field, whatever was before: a patch that names this one
 * value and nothing else, and managedFields stamped with its time, which the server does only if a value changed.
 */
export function isSelfEvident(
  previous: KnownState | undefined,
  state: KnownState,
  field: FieldPath,
): boolean {
  const { object, write } = state;
  if (write === null || object === undefined || write.verb !== "patch") return false;
  if (write.isApply || write.mutatedBy.length > 0) return false;
  const value = onlyValue(write, field);
  return (
    value !== undefined &&
    sameJson(value, locateField(object, field)) &&
    writerOwns(previous, state, field) === "yes"
  );
}

/** The value that the patch states for the field, if it states no other. */
function onlyValue({ request }: ClusterWrite, field: FieldPath): Json | undefined {
  const keys = field.map(segmentKey);
  const value = Array.isArray(request) ? onlyOperation(request, keys) : onlyLeaf(request, keys);
  return typeof value === "object" ? undefined : value;
}

function onlyOperation(operations: readonly Json[], keys: readonly string[]): Json | undefined {
  const [operation, ...others] = operations.filter((each) => !isJsonObject(each) || each.op !== "test");
  if (others.length > 0 || !isJsonObject(operation)) return undefined;
  if (operation.op !== "add" && operation.op !== "replace") return undefined;
  return sameJson(pointerTokens(operation.path) ?? [], keys) ? operation.value : undefined;
}

function onlyLeaf(patch: Json | undefined, keys: readonly string[]): Json | undefined {
  let part = patch;
  for (const [depth, key] of keys.entries()) {
    if (!isJsonObject(part)) return undefined;
    const names = Object.keys(part).filter(
      (name) => depth > 1 || !isIdentity(part as JsonObject, depth, name),
    );
    if (names.length !== 1 || names[0] !== key) return undefined;
    part = part[key];
  }
  return part;
}

/** `apiVersion`, `metadata.name` and their like say which object is meant, and change nothing. */
function isIdentity(part: JsonObject, depth: number, name: string): boolean {
  if (depth === 1) return ["name", "namespace", "uid", "resourceVersion"].includes(name);
  return name === "apiVersion" || name === "kind" || (name === "metadata" && isIdentityOnly(part.metadata));
}

function isIdentityOnly(metadata: Json | undefined): boolean {
  return isJsonObject(metadata) && Object.keys(metadata).every((name) => isIdentity(metadata, 1, name));
}
