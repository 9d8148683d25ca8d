import type { ComparedIngress } from "../../model/divergence.ts";
import { ingressKey } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import { isManifestPath } from "../desired/manifest-path.ts";
import { snapshotOf } from "../desired/read-declared.ts";
import { readDesired } from "../desired/read-desired.ts";

/**
 * Warns of an Ingress that only the cluster has by the configured sources, but that a file which none of them takes
 * declares. It stays "in the cluster only": the file may be another cluster's.
 *
 * @param isInput Files that are no manifests of their own: what they render to is what counts.
 */
export async function declaredOutsideSources(
  request: AuditRequest,
  { git, renderer }: AuditPorts,
  commit: string,
  compared: readonly ComparedIngress[],
  isInput: (path: string) => boolean,
): Promise<readonly Problem[]> {
  const extras = new Set(compared.filter(({ state }) => state === "extra").map(({ id }) => ingressKey(id)));
  if (request.wider.isWhole === true || extras.size === 0) return [];
  const { wider, namespaceFor } = request;
  const outside = {
    pathspecs: [],
    matches: (path: string) => isManifestPath(path) && !wider.matches(path) && !isInput(path),
  };
  const at = snapshotOf({ worktree: request.worktree, commit });
  const { ingresses } = await readDesired(git, renderer, at, outside, namespaceFor);
  return ingresses
    .filter(({ id }) => extras.has(ingressKey(id)))
    .map(({ id, origin }) => ({
      path: origin.path,
      line: origin.line,
      code: "declared-outside-sources",
      message: `Ingress ${ingressKey(id)} is in the cluster and declared here, but no source takes this file`,
      remedy:
        "Add the file to the sources in .ingress-audit.yaml if it is this cluster's; it may be another's copy.",
      level: "warning",
      ingress: id,
    }));
}
