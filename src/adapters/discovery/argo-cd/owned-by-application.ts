import type { UnrenderedSource } from "../../../model/discovery.ts";
import type { Application } from "./application.ts";

type Live = Parameters<UnrenderedSource["owns"]>[0];

/** Whether a live Ingress bears an Application's mark. */
export function ownedByApplication({ metadata }: Application): UnrenderedSource["owns"] {
  const names = new Set([metadata.name, `${metadata.namespace ?? ""}_${metadata.name}`]);
  return (live) => names.has(trackedBy(live) ?? "");
}

/**
 * The Application whose mark a live Ingress bears: the tracking annotation, which names the object itself, or the instance
 * label of older installations.
 *
 * @returns `NAME` or `NAMESPACE_NAME`; null where it bears none of its own.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/
 */
export function trackedBy({ id, labels, annotations }: Live): string | null {
  const tracking = annotations["argocd.argoproj.io/tracking-id"];
  if (tracking === undefined) return labels["app.kubernetes.io/instance"] ?? null;
  const [application, , object] = tracking.split(":");
  return object === `${id.namespace}/${id.name}` ? (application ?? null) : null;
}
