import type { UnrenderedSource } from "../../../model/discovery.ts";
import type { Application } from "./application.ts";

/**
 * Whether a live Ingress bears an Application's mark: the tracking annotation, which names the object itself, or the
 * instance label of older installations.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/
 */
export function ownedByApplication({ metadata }: Application): UnrenderedSource["owns"] {
  const names = new Set([metadata.name, `${metadata.namespace ?? ""}_${metadata.name}`]);
  return ({ id, labels, annotations }) => {
    const tracking = annotations["argocd.argoproj.io/tracking-id"];
    if (tracking === undefined) return names.has(labels["app.kubernetes.io/instance"] ?? "");
    const [application, , object] = tracking.split(":");
    return names.has(application ?? "") && object === `${id.namespace}/${id.name}`;
  };
}
