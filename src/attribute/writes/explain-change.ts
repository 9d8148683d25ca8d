import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { FieldPath } from "../../model/field-path.ts";
import type { IngressObject } from "../../model/ingress.ts";
import { isJsonObject, type Json, type JsonObject, sameJson } from "../../model/json.ts";
import { applyJsonPatch } from "./json-patch.ts";
import { locateField } from "./locate-field.ts";
import { applyMergePatch, applyStrategicPatch, hasDirective } from "./merge-patch.ts";
import { requestTouches } from "./request-touches.ts";
import { hadApplied } from "./writing-manager.ts";

/** Whether the write's request asks for the value that the field has after it. */
export type Explanation = "by-request" | "not-in-request" | "request-unknown";

/**
 * Carries the request out on the object before and looks whether the field comes out as it did.
 *
 * @param before The last recorded state of the same object; undefined where there is none.
 */
export function explainChange(
  write: ClusterWrite,
  field: FieldPath,
  before: IngressObject | undefined,
): Explanation {
  const { after, request, verb } = write;
  if (field.length === 0) return verb === "create" || verb === "delete" ? "by-request" : "not-in-request";
  if (verb === "delete") return after === null ? "by-request" : "not-in-request";
  if (write.subresource === "status" && field[0] !== "metadata") return "not-in-request";
  if (request === undefined || after === undefined || after === null) return "request-unknown";
  if (verb === "create" || verb === "update") return asAnswer(agreesAt(request, after, field));
  if (write.isApply) return explainApply(write, request, after, field, before);
  if (before === undefined) return explainWithoutBefore(write, request, after, field);
  if (Array.isArray(request)) {
    const result = applyJsonPatch(before, request);
    return asAnswer(result !== undefined && agreesAt(result, after, toCompare(write, field)));
  }
  if (outcomesOf(before, request).some((result) => agreesAt(result, after, toCompare(write, field)))) {
    return "by-request";
  }
  return isOpenToDoubt(request, field) ? "request-unknown" : "not-in-request";
}

/** Nothing in an event tells a strategic patch from a JSON merge patch: either may be meant. */
function outcomesOf(before: IngressObject, request: Json): Json[] {
  const merged = applyMergePatch(before, request);
  return isJsonObject(request) ? [merged, applyStrategicPatch(before, request)] : [merged];
}

/**
 * A server-side apply sets what it sends. What it no longer sends goes away if nobody else owns it, so that the field
 * must have been this manager's before.
 */
function explainApply(
  write: ClusterWrite,
  request: Json,
  after: IngressObject,
  field: FieldPath,
  before: IngressObject | undefined,
): Explanation {
  const touch = requestTouches(write, field);
  if (touch !== "unknown") {
    return asAnswer(
      isAskedFor(locateField(request, field), locateField(before, field), locateField(after, field)),
    );
  }
  if (locateField(after, field) !== undefined) return "not-in-request";
  const owned = before === undefined ? null : hadApplied(before, write, field);
  return owned === null ? "request-unknown" : asAnswer(owned);
}

function explainWithoutBefore(
  write: ClusterWrite,
  request: Json,
  after: IngressObject,
  field: FieldPath,
): Explanation {
  const touch = requestTouches(write, field);
  if (touch === "unknown") return "request-unknown";
  if (touch === "no") return "not-in-request";
  if (touch === "removes") return asAnswer(locateField(after, field) === undefined);
  if (Array.isArray(request)) return "by-request";
  return asAnswer(isAskedFor(locateField(request, field), undefined, locateField(after, field)));
}

/** Each part of the field that differs between before and after must be what the request states for it. */
function isAskedFor(requested: Json | undefined, before: Json | undefined, after: Json | undefined): boolean {
  if (sameJson(before, after) && after !== undefined) return true;
  if (requested === undefined || requested === null) return after === undefined;
  if (!isJsonObject(requested) || !isJsonObject(after)) return sameNormalised(requested, after);
  const past = isJsonObject(before) ? before : {};
  const keys = new Set([...Object.keys(past), ...Object.keys(after)]);
  return [...keys].every((key) =>
    isAskedFor(ownValue(requested, key), ownValue(past, key), ownValue(after, key)),
  );
}

/**
 * A patch makes the whole spec out of the state before: where another part comes out otherwise, that was not the state
 * before, and the field may have been right by chance. Webhooks change what they like.
 */
function toCompare({ mutatedBy }: ClusterWrite, field: FieldPath): FieldPath {
  return field[0] === "spec" && mutatedBy.length === 0 ? ["spec"] : field;
}

function agreesAt(expected: Json, after: IngressObject, field: FieldPath): boolean {
  return sameNormalised(locateField(expected, field), locateField(after, field));
}

function sameNormalised(left: Json | undefined, right: Json | undefined): boolean {
  return (
    sameJson(left, right) ||
    (isContainer(left) && isContainer(right) && sameJson(normalise(left), normalise(right)))
  );
}

/** Inside a list entry or a backend the server takes null, "", {} and [] for absence. */
function normalise(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) {
    const list: readonly Json[] = value;
    return list.map((entry) => normalise(entry) ?? null);
  }
  if (!isJsonObject(value)) return value === null || value === "" ? undefined : value;
  const entries = Object.entries(value).flatMap(([key, child]) => {
    const kept = normalise(child);
    return kept === undefined || isEmpty(kept) ? [] : [[key, kept] as const];
  });
  return Object.fromEntries(entries);
}

/** Strategic merge patches have directives, and merge two of the metadata's lists. */
function isOpenToDoubt(request: Json, field: FieldPath): boolean {
  if (!isJsonObject(request)) return true;
  return hasDirective(request) || field[1] === "finalizers" || field[1] === "ownerReferences";
}

function asAnswer(isAsked: boolean): Explanation {
  return isAsked ? "by-request" : "not-in-request";
}

function isContainer(value: Json | undefined): value is readonly Json[] | JsonObject {
  return typeof value === "object" && value !== null;
}

function isEmpty(value: Json): boolean {
  return isContainer(value) && Object.keys(value).length === 0;
}

function ownValue(object: IngressObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
