import type { Applier } from "../../../model/discovery.ts";
import type { Application } from "./application.ts";

/** An Application as `argocd app sync` names it, and whether a sync undoes what somebody changed of an Ingress. */
export function applierOf({ metadata, spec }: Application): Applier {
  const { automated, syncOptions = [] } = spec.syncPolicy ?? {};
  // Else they count for the comparison alone, and a sync writes the fields all the same.
  const isRespected = syncOptions.includes("RespectIgnoreDifferences=true");
  const isIgnoring =
    isRespected && (spec.ignoreDifferences ?? []).some(({ kind }) => mayMean(kind, "Ingress"));
  return {
    kind: "Application",
    name: metadata.name,
    namespace: metadata.namespace,
    idle: isIgnoring ? "it ignores differences of Ingresses, also when it syncs" : null,
    isHealing: automated?.selfHeal === true && automated.enabled !== false,
    isRemote: false,
  };
}

/** @see https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/ for `*` and globs */
function mayMean(pattern: unknown, kind: string): boolean {
  return typeof pattern !== "string" || pattern === kind || /[*?[{]/.test(pattern);
}
