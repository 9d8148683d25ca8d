import type { IngressObject } from "../../model/ingress.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { AuditRequest } from "./audit-request.ts";
import { listAt, objectAt, textAt } from "./event-fields.ts";

/**
 * Whether a patch is a server-side apply. No event names a patch's type: an apply sends the object's type and must name
 * its field manager, and only an apply may say `force`. A merge patch may look the same; it leaves no `Apply` entry of
 * that manager in managedFields.
 */
export function isApply(
  request: AuditRequest,
  body: Json | undefined,
  response: IngressObject | undefined,
): boolean {
  const manager = request.query.get("fieldManager");
  if (request.verb !== "patch" || !manager) return false;
  if (request.query.has("force") || request.status === 201) return true;
  if (!isJsonObject(body) || textAt(body, "apiVersion") === null || textAt(body, "kind") === null)
    return false;
  const entries = listAt(objectAt(response ?? {}, "metadata"), "managedFields").filter(isJsonObject);
  return (
    entries.length === 0 || entries.some((entry) => entry.manager === manager && entry.operation === "Apply")
  );
}
