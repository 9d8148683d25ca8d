import type { UnrenderedSource } from "../../../model/discovery.ts";
import type { FluxKustomization, HelmRelease } from "./flux-objects.ts";

/** @see https://fluxcd.io/flux/components/kustomize/kustomizations/#garbage-collection */
export function ownedByKustomization({ metadata }: FluxKustomization): UnrenderedSource["owns"] {
  return ({ labels }) =>
    labels["kustomize.toolkit.fluxcd.io/name"] === metadata.name &&
    labels["kustomize.toolkit.fluxcd.io/namespace"] === (metadata.namespace ?? "flux-system");
}

export function ownedByRelease({ metadata }: HelmRelease): UnrenderedSource["owns"] {
  return ({ labels }) =>
    labels["helm.toolkit.fluxcd.io/name"] === metadata.name &&
    (metadata.namespace === null || labels["helm.toolkit.fluxcd.io/namespace"] === metadata.namespace);
}
