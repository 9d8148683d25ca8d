import type { ClusterWrite } from "../../model/cluster-write.ts";
import { ingressKey } from "../../model/ingress.ts";
import { isJsonObject } from "../../model/json.ts";
import { declaredManifest } from "./declarations.ts";

/**
 * Whether who made a write applied whole manifests of other Ingresses at about the same time: then it was part of a
 * deployment. A pipeline that is told to delete an application deletes, and applies nothing.
 */
export function isBesideDeployment(writes: readonly ClusterWrite[], write: ClusterWrite): boolean {
  const at = Date.parse(write.at);
  return writes.some(
    (other) =>
      other.user === write.user &&
      other.impersonatedBy === write.impersonatedBy &&
      ingressKey(other.id) !== ingressKey(write.id) &&
      Math.abs(Date.parse(other.at) - at) <= DEPLOYMENT_MS &&
      isJsonObject(declaredManifest(other)),
  );
}

/** A deployment of a few hundred manifests takes seconds. */
const DEPLOYMENT_MS = 30_000;
