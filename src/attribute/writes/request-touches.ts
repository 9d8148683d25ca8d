import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { FieldPath } from "../../model/field-path.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { pointerTokens } from "./json-patch.ts";
import { isEntry, locateField, segmentKey } from "./locate-field.ts";

/**
 * What a request says of a field. `sets`: it states a value for it. `removes`: it takes it away. `restates-list`: it
 * carries a whole list that is replaced as one, in which the field stands or is missing: the client may only have
 * repeated what it had read. `no`: it says nothing. `unknown`: the log lacks the body, or the body alone does not
 * tell, as with the index of a JSON Patch or a field that a server-side apply no longer sends.
 */
export type RequestTouch = "sets" | "removes" | "restates-list" | "no" | "unknown";

export function requestTouches(write: ClusterWrite, field: FieldPath): RequestTouch {
  const { request, verb } = write;
  if (verb === "delete") return "removes";
  if (field.length === 0) return verb === "create" ? "sets" : "no";
  if (write.subresource === "status" && field[0] !== "metadata") return "no";
  if (request === undefined) return "unknown";
  if (verb === "create" || verb === "update") return wholeObjectTouches(write, request, field);
  if (Array.isArray(request)) return jsonPatchTouches(request, field, write.after ?? undefined);
  if (!isJsonObject(request)) return "unknown";
  return mergeTouches(request, field, write.isApply ? "unknown" : "no");
}

function wholeObjectTouches(write: ClusterWrite, request: Json, field: FieldPath): RequestTouch {
  const touch = mergeTouches(request, field, "no");
  return touch === "no" && write.verb === "update" ? "removes" : touch;
}

const LISTS: ReadonlySet<string> = new Set([
  "rules",
  "paths",
  "tls",
  "hosts",
  "finalizers",
  "ownerReferences",
]);

/** `+structType=atomic` in k8s.io/api/networking/v1/types.go: a server-side apply replaces these whole. */
const ATOMIC_STRUCTS: ReadonlySet<string> = new Set(["port", "resource"]);

/** @param omitted What it means that the body leaves the field out; `unknown` for a server-side apply. */
function mergeTouches(body: Json, field: FieldPath, omitted: RequestTouch): RequestTouch {
  let part: Json = body;
  for (const [depth, segment] of field.entries()) {
    if (part === null) return "removes";
    if (Array.isArray(part)) return "restates-list";
    if (!isJsonObject(part)) return "unknown";
    const key = segmentKey(segment);
    if (isDirected(part, key)) return "unknown";
    const next: Json | undefined = Object.hasOwn(part, key) ? part[key] : undefined;
    if (next === undefined) {
      return omitted === "unknown" && ATOMIC_STRUCTS.has(field[depth - 1] ?? "") ? "removes" : omitted;
    }
    part = next;
  }
  return part === null ? "removes" : "sets";
}

/** `$patch`, `$retainKeys`, `$setElementOrder/finalizers` and their like reach beyond the keys that are written out. */
function isDirected(part: JsonObject, key: string): boolean {
  return Object.keys(part).some(
    (name) =>
      name === "$patch" || name === "$retainKeys" || (name.startsWith("$") && name.endsWith(`/${key}`)),
  );
}

/** The last operation on the field decides, but one that cannot be told leaves the whole unknown. */
function jsonPatchTouches(
  operations: readonly Json[],
  field: FieldPath,
  after: JsonObject | undefined,
): RequestTouch {
  const indexed = operations.some(isListResize) ? undefined : after;
  const touches = operations.flatMap((operation) =>
    isJsonObject(operation) ? operationTouches(operation, field, indexed) : ["unknown" as const],
  );
  if (touches.includes("unknown")) return "unknown";
  return touches.findLast((touch) => touch !== "no") ?? "no";
}

function operationTouches(
  operation: JsonObject,
  field: FieldPath,
  after: JsonObject | undefined,
): RequestTouch[] {
  if (operation.op === "test") return [];
  const path = pointerTokens(operation.path);
  if (path === null) return ["unknown"];
  const target = relate(path, field, operation, after);
  if (operation.op !== "move") return [target];
  const from = pointerTokens(operation.from);
  return from === null ? ["unknown"] : [relate(from, field, { op: "remove" }, after), target];
}

/** How an operation at a pointer concerns the field. Indices are read in the object after, where no list changed its length. */
function relate(
  path: readonly string[],
  field: FieldPath,
  operation: JsonObject,
  after: JsonObject | undefined,
): RequestTouch {
  let node: Json | undefined = after;
  for (const [depth, segment] of field.entries()) {
    const token = path[depth];
    if (token === undefined) return ancestorTouches(operation, field.slice(depth));
    if (LISTS.has(field[depth - 1] ?? "")) {
      if (depth === path.length - 1) return entryTouches(operation, segment, field.slice(depth + 1));
      const entry = listEntry(node, token);
      if (entry === undefined || isIdentity(path, depth)) return "unknown";
      if (!isEntry(entry, segment)) return "no";
      node = entry;
    } else {
      if (token !== segmentKey(segment)) return "no";
      node = isJsonObject(node) && Object.hasOwn(node, token) ? node[token] : undefined;
    }
  }
  return path.length === field.length ? ancestorTouches(operation, []) : "sets";
}

function ancestorTouches(operation: JsonObject, rest: FieldPath): RequestTouch {
  if (operation.op === "remove") return "removes";
  if (operation.op !== "add" && operation.op !== "replace") return rest.length === 0 ? "sets" : "unknown";
  if (operation.value === undefined) return "unknown";
  const touch = mergeTouches(operation.value, rest, "removes");
  return touch === "restates-list" && locateField(operation.value, rest) === undefined ? "removes" : touch;
}

/** A whole entry is added, replaced or removed: which one was there before, the operation does not say. */
function entryTouches({ op, value }: JsonObject, segment: string, rest: FieldPath): RequestTouch {
  if (op === "remove" || value === undefined) return "unknown";
  if (isEntry(value, segment)) return mergeTouches(value, rest, "removes");
  return op === "add" ? "no" : "unknown";
}

function listEntry(node: Json | undefined, token: string): Json | undefined {
  return Array.isArray(node) && token !== "-" ? node[Number(token)] : undefined;
}

function isListToken(token: string): boolean {
  return token === "-" || /^\d+$/.test(token);
}

/** An operation on what an entry is known by makes another entry of it. */
function isIdentity(path: readonly string[], depth: number): boolean {
  return (
    depth === path.length - 2 &&
    ["host", "path", "pathType", "secretName", "uid"].includes(path[depth + 1] ?? "")
  );
}

function isListResize(operation: Json): boolean {
  if (!isJsonObject(operation) || operation.op === "replace" || operation.op === "test") return false;
  return [operation.path, operation.from].some((pointer) =>
    isListToken(pointerTokens(pointer)?.at(-1) ?? ""),
  );
}
