import type { ClusterWrite, WriteVerb } from "../../model/cluster-write.ts";
import type { IngressObject } from "../../model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { type AuditRequest, bodyOf, mayBeDryRun } from "./audit-request.ts";
import { listAt, objectAt, textAt } from "./event-fields.ts";
import { isApply } from "./is-apply.ts";

/**
 * The writes of one successful request: one, or for a deletecollection one for each object. An apply that creates has
 * the verb patch and the status 201, and is a `create` here.
 *
 * @returns null where the event does not tell which object it wrote to.
 */
export function clusterWrites(event: JsonObject, request: AuditRequest): ClusterWrite[] | null {
  if (request.verb === "deletecollection") return collectionDeletes(event, request);
  const body = isOldVersion(event) ? undefined : bodyOf(event, "requestObject");
  const response = ingressIn(bodyOf(event, "responseObject"));
  const metadata = objectAt(response ?? {}, "metadata");
  const sent = isJsonObject(body) ? objectAt(body, "metadata") : {};
  const namespace = request.namespace ?? textAt(metadata, "namespace") ?? textAt(sent, "namespace");
  const name = request.name ?? textAt(metadata, "name") ?? textAt(sent, "name");
  if (namespace === null || name === null) return null;
  const verb = verbOf(request);
  const after = verb === "delete" ? afterDelete(event, response) : afterWrite(verb, response);
  const deletionAt = textAt(metadata, "deletionTimestamp");
  const write: ClusterWrite = {
    ...common(request),
    ...(textAt(objectAt(event, "objectRef"), "subresource") === "status" ? { subresource: "status" } : {}),
    verb,
    id: { namespace, name },
    uid: textAt(metadata, "uid") ?? uidOfStatus(event) ?? textAt(objectAt(event, "objectRef"), "uid"),
    resourceVersion: after === null ? null : textAt(metadata, "resourceVersion"),
    request: verb === "delete" ? undefined : body,
    isApply: isApply(request, body, response),
    after,
    ...(after === null && verb !== "delete" && deletionAt !== null ? { deletionAt } : {}),
  };
  return [write];
}

/** True where a body is of an API version that no server since 1.22 answers in. */
export function isOldVersion(event: JsonObject): boolean {
  const bodies = [objectAt(event, "requestObject"), objectAt(event, "responseObject")];
  const versions = [objectAt(event, "objectRef"), ...bodies].map((part) => textAt(part, "apiVersion") ?? "");
  return versions.some((version) => /(?:^|\/)v1beta1$/.test(version));
}

function verbOf({ status, verb }: AuditRequest): WriteVerb {
  if (verb === "patch") return status === 201 ? "create" : "patch";
  return verb === "create" || verb === "update" ? verb : "delete";
}

function common(request: AuditRequest) {
  const { at, auditID, groups, impersonatedBy, mutatedBy, query, sourceIP, user, userAgent } = request;
  const fieldManager = query.get("fieldManager") || null;
  return { at, auditID, groups, impersonatedBy, mutatedBy, sourceIP, user, userAgent, fieldManager };
}

function ingressIn(body: Json | undefined): IngressObject | undefined {
  if (!isJsonObject(body) || body.kind !== "Ingress") return undefined;
  return body.apiVersion === "networking.k8s.io/v1" ? body : undefined;
}

/**
 * null where the object is gone: removing the last finalizer of an object that is marked for deletion ends it, and
 * the response is the object that the server then removed.
 */
function afterWrite(verb: WriteVerb, response: IngressObject | undefined): IngressObject | null | undefined {
  if (verb === "create" || response === undefined) return response;
  const metadata = objectAt(response, "metadata");
  const isMarked = textAt(metadata, "deletionTimestamp") !== null;
  return isMarked && listAt(metadata, "finalizers").length === 0 ? null : response;
}

/**
 * An object with finalizers stays, marked for deletion, and is the response. Without any body the delete may be a dry
 * run, and what it left is not known.
 */
function afterDelete(
  event: JsonObject,
  response: IngressObject | undefined,
): IngressObject | null | undefined {
  if (response !== undefined) return afterWrite("delete", response);
  return mayBeDryRun(event) ? undefined : null;
}

function uidOfStatus(event: JsonObject): string | null {
  const statuses = [objectAt(event, "responseStatus"), objectAt(event, "responseObject")];
  return (
    statuses.map((status) => textAt(objectAt(status, "details"), "uid")).find((uid) => uid !== null) ?? null
  );
}

/** The response lists the objects as they were. One that has finalizers is not known to be gone. */
function collectionDeletes(event: JsonObject, request: AuditRequest): ClusterWrite[] | null {
  const list = bodyOf(event, "responseObject");
  if (!isJsonObject(list) || !Array.isArray(list.items)) return null;
  return list.items.filter(isJsonObject).flatMap((item) => {
    const metadata = objectAt(item, "metadata");
    const [namespace, name] = [textAt(metadata, "namespace") ?? request.namespace, textAt(metadata, "name")];
    if (namespace === null || name === null) return [];
    const isGone = listAt(metadata, "finalizers").length === 0;
    return [
      {
        ...common(request),
        verb: "delete" as const,
        id: { namespace, name },
        uid: textAt(metadata, "uid"),
        resourceVersion: null,
        request: undefined,
        isApply: false,
        after: isGone ? null : undefined,
      },
    ];
  });
}
