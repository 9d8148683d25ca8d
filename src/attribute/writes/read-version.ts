import type { ClusterWrite } from "../../model/cluster-write.ts";
import { isJsonObject, type Json, sameJson } from "../../model/json.ts";
import { type KnownState, metadataOf } from "./known-state.ts";

/**
 * Which version of the object a write was made on, so far as its request says by its resourceVersion, which the server
 * checks. `previous`: the recorded one before it, so that nothing lies between. `unseen`: another, which the log does
 * not show; a write to the status leaves one too, and the log has no body of that. `unsaid`: the request names none.
 */
export type ReadVersion = "previous" | "unseen" | "unsaid";

export function readVersion(previous: KnownState, state: KnownState): ReadVersion {
  if (state.write === null) return "unsaid";
  if (previous.resourceVersion === null) return "unsaid";
  const sent = sentResourceVersion(state.write);
  if (sent === null) return "unsaid";
  return sent === previous.resourceVersion ? "previous" : "unseen";
}

/** Whether a write to the status may have left the unseen version: the log has one there, or the status differs. */
export function isStatusWritten(previous: KnownState, state: KnownState): boolean {
  return (
    state.unknownWrites.some((write) => write.subresource === "status") ||
    !sameJson(previous.object?.status, state.object?.status)
  );
}

function sentResourceVersion({ request, verb }: ClusterWrite): string | null {
  if (verb !== "update" && verb !== "patch") return null;
  if (Array.isArray(request)) return testedResourceVersion(request);
  return isJsonObject(request) ? asVersion(metadataOf(request).resourceVersion) : null;
}

function testedResourceVersion(operations: readonly Json[]): string | null {
  const first = operations.find(
    (operation) => isJsonObject(operation) && operation.path === "/metadata/resourceVersion",
  );
  return isJsonObject(first) && first.op !== "remove" ? asVersion(first.value) : null;
}

function asVersion(value: Json | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
