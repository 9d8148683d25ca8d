import type { ComparedIngress } from "../../model/divergence.ts";
import type { Problem } from "../../model/problem.ts";
import { isFormerlyAt } from "../gather/unreadable-files.ts";
import type { History } from "../history/read-history.ts";
import type { DesiredState } from "./read-desired.ts";

/**
 * Tells of submodules where an Ingress seems to be in the cluster only: its manifest may lie in one of them. An error
 * where it stood at a submodule's path, as it is not audited then.
 */
export function submodulesNotRead(
  { submodules }: Pick<DesiredState, "submodules">,
  compared: readonly ComparedIngress[],
  history: History | null,
): readonly Problem[] {
  const extras = compared.filter(({ state }) => state === "extra").map(({ id }) => id);
  if (extras.length === 0) return [];
  const hides = (path: string) => history !== null && extras.some((id) => isFormerlyAt(history, id, [path]));
  return submodules.map((path) => ({
    path,
    line: null,
    code: "submodule-not-read",
    message: "The path is a submodule, whose manifests are not read",
    remedy: `If they belong to this cluster, audit it by itself (--repo ${path}), or name it under repositories in .ingress-audit.yaml (path: ${path}).`,
    level: hides(path) ? "error" : "warning",
  }));
}
