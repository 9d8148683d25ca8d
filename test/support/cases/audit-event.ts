import { createHash } from "node:crypto";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import type { CaseHistory } from "./build-history.ts";
import type { LogEventInput } from "./case-format.ts";
import type { LoggedState } from "./derive-object.ts";
import { defaultUid, deriveState, mergePatchBetween, metadataOf, stateObject } from "./derive-object.ts";
import { identityOf } from "./identities.ts";

/** One `audit.k8s.io/v1` Event, shaped as those in fixtures/audit-events. */
export function auditEvent(
  event: LogEventInput,
  before: LoggedState | null,
  after: LoggedState | null,
  history: CaseHistory,
): JsonObject {
  const { namespace, name } = idOf(event);
  const who = identityOf(event.by);
  const status = event.status ?? (event.verb === "create" || (event.apply && before === null) ? 201 : 200);
  const bodies = bodiesOf(event, status, before, after, history);
  const isGet = event.verb === "get";
  return {
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    level: event.level,
    auditID: event.id,
    stage: status === 401 ? "ResponseStarted" : "ResponseComplete",
    requestURI: requestUri(event),
    verb: event.verb,
    user: status === 401 ? {} : { username: who.user, uid: hash(who.user), groups: [...who.groups] },
    ...(event.as === undefined || status === 403
      ? {}
      : { impersonatedUser: { username: identityOf(event.as).user, groups: ["system:authenticated"] } }),
    sourceIPs: ["203.0.113.99", who.sourceIP],
    userAgent: event.agent ?? who.userAgent,
    objectRef: isGet
      ? { resource: "configmaps", namespace, name: "settings", apiVersion: "v1" }
      : {
          resource: "ingresses",
          namespace,
          ...(event.verb === "deletecollection" ? {} : { name }),
          apiGroup: "networking.k8s.io",
          apiVersion: "v1",
          ...(event.subresource === undefined ? {} : { subresource: event.subresource }),
        },
    responseStatus: responseStatus(status),
    ...(event.level === "Metadata" ? {} : bodies.request),
    ...(event.level === "RequestResponse" ? bodies.response : {}),
    requestReceivedTimestamp: microseconds(event.at, 0),
    stageTimestamp: microseconds(event.at, 900),
    annotations: annotationsOf(event, status),
  };
}

function bodiesOf(
  event: LogEventInput,
  status: number,
  before: LoggedState | null,
  after: LoggedState | null,
  history: CaseHistory,
): { request: JsonObject; response: JsonObject } {
  const isRefused = status === 401 || status === 403;
  if (event.verb === "get") return { request: {}, response: {} };
  const request = isRefused ? {} : { requestObject: requestOf(event, before, after, history) };
  if (status >= 400) return { request, response: { responseObject: failure(status) } };
  return { request, response: { responseObject: after?.object ?? deleted(event, before) } };
}

function requestOf(
  event: LogEventInput,
  before: LoggedState | null,
  after: LoggedState | null,
  history: CaseHistory,
): Json {
  if (event.request !== undefined) return event.request;
  const where = `event ${event.id}`;
  if (event.sent !== undefined) {
    return stateObject(deriveState(event.sent, history, before?.state ?? null, where), where);
  }
  if (after === null || event.verb === "delete") return deleteOptions(event);
  const object = stateObject(after.state, where);
  if (event.verb !== "patch" || event.apply) return object;
  if (before === null) throw new Error(`${where}: a patch of an object unknown before needs request`);
  return mergePatchBetween(stateObject(before.state, where), object);
}

function deleteOptions({ dryRun }: LogEventInput): JsonObject {
  return {
    kind: "DeleteOptions",
    apiVersion: "meta.k8s.io/__internal",
    propagationPolicy: "Background",
    ...(dryRun ? { dryRun: ["All"] } : {}),
  };
}

function deleted(event: LogEventInput, before: LoggedState | null): JsonObject {
  const { namespace, name } = idOf(event);
  const uid =
    event.uid ?? (before === null ? undefined : metadataOf(before.object).uid) ?? defaultUid(namespace, name);
  if (event.verb === "deletecollection") {
    if (before === null) throw new Error(`event ${event.id}: nothing is known that it could delete`);
    return { kind: "IngressList", apiVersion: "networking.k8s.io/v1", metadata: {}, items: [before.object] };
  }
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Success",
    details: { name, group: "networking.k8s.io", kind: "ingresses", uid },
  };
}

function requestUri(event: LogEventInput): string {
  const { namespace, name } = idOf(event);
  if (event.verb === "get") return `/api/v1/namespaces/${namespace}/configmaps/settings`;
  const list = `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`;
  const object = event.subresource === undefined ? name : `${name}/${event.subresource}`;
  const path = event.verb === "create" || event.verb === "deletecollection" ? list : `${list}/${object}`;
  const writes = event.verb === "create" || event.verb === "update" || event.verb === "patch";
  const fieldManager = event.manager === undefined ? identityOf(event.by).fieldManager : event.manager;
  const query = new URLSearchParams();
  if (event.dryRun && writes) query.set("dryRun", "All");
  if (writes && fieldManager !== null) query.set("fieldManager", fieldManager);
  if (event.apply) query.set("force", "true");
  return query.size === 0 ? path : `${path}?${query}`;
}

function responseStatus(status: number): JsonObject {
  return status < 400
    ? { metadata: {}, code: status }
    : { metadata: {}, status: "Failure", reason: status === 409 ? "Conflict" : "Forbidden", code: status };
}

function failure(status: number): JsonObject {
  return { kind: "Status", apiVersion: "v1", ...responseStatus(status) };
}

function annotationsOf({ webhooks }: LogEventInput, status: number): JsonObject {
  const mutations = webhooks.map((webhook, index) => [
    `mutation.webhook.admission.k8s.io/round_0_index_${index}`,
    JSON.stringify({ configuration: webhook, webhook, mutated: true }),
  ]);
  return {
    "authorization.k8s.io/decision": status === 403 ? "forbid" : "allow",
    "authorization.k8s.io/reason": "",
    ...Object.fromEntries(mutations),
  };
}

function microseconds(at: string, offset: number): string {
  return `${new Date(at).toISOString().slice(0, -1)}${String(offset).padStart(3, "0")}Z`;
}

function hash(text: string): string {
  return createHash("sha1").update(text).digest("hex").slice(0, 12);
}

export function idOf({ ingress }: LogEventInput): { namespace: string; name: string } {
  const [namespace = "", name = ""] = ingress.split("/");
  return { namespace, name };
}
