import type { IngressId, IngressObject } from "./ingress.ts";
import type { Json } from "./json.ts";

export const WRITE_VERBS = ["create", "update", "patch", "delete"] as const;
export type WriteVerb = (typeof WRITE_VERBS)[number];

/**
 * One write to one Ingress that the audit log shows to have succeeded. A deletecollection becomes one `delete` for
 * each object.
 */
export interface ClusterWrite {
  readonly auditID: string;
  /** UTC, ISO 8601 with microseconds where the log has them. */
  readonly at: string;
  readonly verb: WriteVerb;
  /** Set where the write went through the status subresource, which takes the metadata too, but not the spec. */
  readonly subresource?: "status";
  /** As whom the write was done: the impersonated user where there is one. */
  readonly user: string;
  /** Who made the request, where `user` was impersonated. */
  readonly impersonatedBy: string | null;
  readonly groups: readonly string[];
  /** Chosen by the client: shown, never trusted. */
  readonly userAgent: string | null;
  /** The last of sourceIPs: the only one that a client cannot forge. */
  readonly sourceIP: string | null;
  /** From the request's `fieldManager` parameter; chosen by the client. */
  readonly fieldManager: string | null;
  readonly id: IngressId;
  readonly uid: string | null;
  /** Of the object after the write; null where the log does not say. */
  readonly resourceVersion: string | null;
  /** The request's body: the whole object (create, update) or the patch; undefined where the log's level leaves it out. */
  readonly request: Json | undefined;
  /** True for a server-side apply. */
  readonly isApply: boolean;
  /** The whole object after the write; null after a delete; undefined where the log's level leaves it out. */
  readonly after: IngressObject | null | undefined;
  /** Where the write took the last finalizer of an object that was being deleted: when its deletion was asked for. */
  readonly deletionAt?: string;
  /** Names of the mutating webhooks that changed the object, from the event's annotations. */
  readonly mutatedBy: readonly string[];
}
