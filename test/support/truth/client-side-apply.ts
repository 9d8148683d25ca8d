import { isJsonObject, type Json, type JsonObject } from "../../../src/model/json.ts";
import type { WriteRequest } from "./cluster-life.ts";
import { mergePatch } from "./patches.ts";

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/**
 * What `kubectl apply` sends: what it declares and what it no longer does, by the note that it left last time. That the
 * API server takes both alike is tested in test/truth/raw-as-kubectl.test.ts.
 *
 * @returns null where there is nothing to change.
 */
export function clientSideApply(declared: JsonObject, live: JsonObject | undefined): WriteRequest | null {
  const noted = withNote(declared);
  const fieldManager = "kubectl-client-side-apply";
  if (live === undefined) return { method: "POST", body: noted, fieldManager };
  const body = threeWay(lastApplied(live), noted, live);
  if (Object.keys(body).length === 0) return null;
  const options = { contentType: "application/strategic-merge-patch+json" };
  return { method: "PATCH", body, fieldManager, options };
}

/** Set what is declared and live otherwise, remove what was declared and is no longer; leave all else. */
function threeWay(last: JsonObject, declared: JsonObject, live: JsonObject): JsonObject {
  const removed = Object.keys(last).filter((key) => declared[key] === undefined && live[key] !== undefined);
  const set = Object.entries(declared).flatMap(([key, value]): [string, Json][] => {
    const [old, before] = [live[key], last[key]];
    if (!isJsonObject(value) || !isJsonObject(old)) return changed(key, old, value);
    const patch = threeWay(isJsonObject(before) ? before : {}, value, old);
    return Object.keys(patch).length === 0 ? [] : [[key, patch]];
  });
  return Object.fromEntries([...removed.map((key): [string, Json] => [key, null]), ...set]);
}

function changed(key: string, live: Json | undefined, value: Json): [string, Json][] {
  return Object.keys(mergePatch({ [key]: live ?? null }, { [key]: value })).length === 0
    ? []
    : [[key, value]];
}

function withNote(declared: JsonObject): JsonObject {
  const metadata = isJsonObject(declared.metadata) ? declared.metadata : {};
  const annotations = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  const note = `${JSON.stringify(inOrder({ ...declared, metadata: { ...metadata, annotations } }))}\n`;
  return { ...declared, metadata: { ...metadata, annotations: { ...annotations, [LAST_APPLIED]: note } } };
}

/** Go writes the keys of a map in order. */
function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, inOrder(each)]));
}

function lastApplied({ metadata }: JsonObject): JsonObject {
  const annotations =
    isJsonObject(metadata) && isJsonObject(metadata.annotations) ? metadata.annotations : {};
  const note = annotations[LAST_APPLIED];
  const parsed = typeof note === "string" ? (JSON.parse(note) as Json) : null;
  return isJsonObject(parsed) ? parsed : {};
}
