import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { IngressObject } from "../../model/ingress.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { FieldState } from "../history/field-state.ts";

/**
 * What a write of the pipeline's declares a field to be: unlike a change it also tells that the field was already so,
 * or that the pipeline no longer speaks of it.
 */
export interface Declaration {
  readonly write: ClusterWrite;
  readonly state: FieldState;
}

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/**
 * The whole manifest that a write declares: the body of a create or a server-side apply, what kubectl's apply says in
 * its annotation. An update is none: its client may only repeat what it had read.
 *
 * @returns null where it declares that there is no such object, undefined where it declares nothing.
 */
export function declaredManifest(write: ClusterWrite): IngressObject | null | undefined {
  const { request, verb } = write;
  if (verb === "delete") return null;
  if (!isJsonObject(request)) return undefined;
  if (verb === "create" || write.isApply) return isWhole(request) ? request : undefined;
  return verb === "patch" ? lastApplied(request) : undefined;
}

/** A server-side apply may send a few labels only. Every Ingress has rules or a default backend. */
function isWhole({ spec }: IngressObject): boolean {
  return isJsonObject(spec) && (spec.rules !== undefined || spec.defaultBackend !== undefined);
}

function lastApplied({ metadata }: IngressObject): IngressObject | undefined {
  const annotations = isJsonObject(metadata) ? metadata.annotations : undefined;
  const text = isJsonObject(annotations) ? annotations[LAST_APPLIED] : undefined;
  if (typeof text !== "string") return undefined;
  try {
    const manifest = JSON.parse(text) as Json;
    return isJsonObject(manifest) ? manifest : undefined;
  } catch {
    return undefined;
  }
}
