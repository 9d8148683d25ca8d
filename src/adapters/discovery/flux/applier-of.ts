import type { Applier } from "../../../model/discovery.ts";
import type { FluxKustomization, HelmRelease } from "./flux-objects.ts";

/** @see https://fluxcd.io/flux/components/kustomize/kustomizations/ */
export function kustomizationApplier({ metadata, spec }: FluxKustomization): Applier {
  return { kind: "Kustomization", ...metadata, ...stateOf(spec), isHealing: !spec.suspend };
}

/** Helm compares with the last release alone: only drift detection looks at the cluster. */
export function releaseApplier({ metadata, spec }: HelmRelease): Applier {
  const isHealing = !spec.suspend && spec.driftDetection?.mode === "enabled";
  return { kind: "HelmRelease", ...metadata, ...stateOf(spec), isHealing };
}

function stateOf({
  suspend,
  kubeConfig,
}: Pick<FluxKustomization["spec"], "suspend" | "kubeConfig">): Pick<Applier, "idle" | "isRemote"> {
  return {
    idle: suspend ? "it is suspended" : null,
    isRemote: kubeConfig !== undefined && kubeConfig !== null,
  };
}
