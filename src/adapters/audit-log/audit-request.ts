import type { JsonObject } from "../../model/json.ts";
import { isDeeperThan, listAt, objectAt, textAt, textsAt, valueAt } from "./event-fields.ts";
import { eventTime } from "./event-time.ts";

/** What an event tells of its request, whatever came of it. */
export interface AuditRequest {
  readonly auditID: string;
  readonly at: string;
  readonly verb: string;
  readonly user: string;
  readonly impersonatedBy: string | null;
  readonly groups: readonly string[];
  readonly userAgent: string | null;
  readonly sourceIP: string | null;
  readonly namespace: string | null;
  readonly name: string | null;
  readonly status: number;
  readonly query: URLSearchParams;
  readonly mutatedBy: readonly string[];
}

/** @returns null where the event lacks what every event has. */
export function auditRequest(event: JsonObject): AuditRequest | null {
  const at = eventTime(valueAt(event, "stageTimestamp"));
  const auditID = textAt(event, "auditID");
  const status = valueAt(objectAt(event, "responseStatus"), "code");
  if (at === null || auditID === null || typeof status !== "number") return null;
  const reference = objectAt(event, "objectRef");
  return {
    auditID,
    at,
    status,
    ...identity(event),
    verb: textAt(event, "verb") ?? "",
    userAgent: textAt(event, "userAgent"),
    sourceIP: textsAt(event, "sourceIPs").at(-1) ?? null,
    namespace: textAt(reference, "namespace"),
    name: textAt(reference, "name"),
    query: queryOf(textAt(event, "requestURI") ?? ""),
    mutatedBy: mutatingWebhooks(objectAt(event, "annotations")),
  };
}

/** True where the request asks the server to store nothing. A delete may ask so in its body alone, and kubectl's does. */
export function isDryRun(event: JsonObject, { query }: AuditRequest): boolean {
  if (query.getAll("dryRun").includes("All")) return true;
  const body = objectAt(event, "requestObject");
  return textAt(body, "kind") === "DeleteOptions" && listAt(body, "dryRun").includes("All");
}

/** True where the event has no body that would tell a dry run from a deletion. */
export function mayBeDryRun(event: JsonObject): boolean {
  return textAt(event, "level") === "Metadata" || isTruncated(event);
}

/** The server leaves the bodies of an event out that is too large, and says so only here. */
export function isTruncated(event: JsonObject): boolean {
  return textAt(objectAt(event, "annotations"), "audit.k8s.io/truncated") === "true";
}

/** Deeper nesting than this is no Ingress. */
const DEEPEST = 64;

/** A body of the event; undefined where it is left out, or no body that a server would have taken for an Ingress. */
export function bodyOf(event: JsonObject, name: "requestObject" | "responseObject") {
  const body = valueAt(event, name) ?? undefined;
  return isDeeperThan(body, DEEPEST) ? undefined : body;
}

/** Nobody known made a request without valid credentials: its `user` is empty. */
const UNAUTHENTICATED = "(unauthenticated)";

function identity(event: JsonObject): Pick<AuditRequest, "user" | "impersonatedBy" | "groups"> {
  const requester = objectAt(event, "user");
  const impersonated = objectAt(event, "impersonatedUser");
  const username = textAt(requester, "username") ?? UNAUTHENTICATED;
  const as = textAt(impersonated, "username");
  return as === null
    ? { user: username, impersonatedBy: null, groups: textsAt(requester, "groups") }
    : { user: as, impersonatedBy: username, groups: textsAt(impersonated, "groups") };
}

function queryOf(uri: string): URLSearchParams {
  const start = uri.indexOf("?");
  return new URLSearchParams(start === -1 ? "" : uri.slice(start + 1));
}

const ROUND = /^mutation\.webhook\.admission\.k8s\.io\/round_\d+_index_\d+$/;

/** @see https://kubernetes.io/docs/reference/labels-annotations-taints/audit-annotations/ */
function mutatingWebhooks(annotations: JsonObject): string[] {
  const names = Object.keys(annotations)
    .filter((key) => ROUND.test(key))
    .toSorted()
    .map((key) => mutatingWebhook(textAt(annotations, key) ?? ""));
  return [...new Set(names.filter((name) => name !== null))];
}

function mutatingWebhook(text: string): string | null {
  try {
    const { mutated, webhook } = JSON.parse(text) as { mutated?: unknown; webhook?: unknown };
    return mutated === true && typeof webhook === "string" ? webhook : null;
  } catch {
    return null;
  }
}
