import type { ComparedIngress } from "../model/divergence.ts";
import type { Problem } from "../model/problem.ts";
import type { DesiredState } from "./read-desired.ts";

/** Warns of submodules where an Ingress seems to be in the cluster only: its manifest may lie in one of them. */
export function submodulesNotRead(
  { submodules }: Pick<DesiredState, "submodules">,
  compared: readonly ComparedIngress[],
): readonly Problem[] {
  if (compared.every(({ state }) => state !== "extra")) return [];
  return submodules.map((path) => ({
    path,
    line: null,
    code: "submodule-not-read",
    message: "The path is a submodule, whose manifests are not read",
    remedy: `If they belong to this cluster, audit it by itself (--repo ${path}), or name it under repositories in .ingress-audit.yaml (path: ${path}).`,
    level: "warning",
  }));
}
