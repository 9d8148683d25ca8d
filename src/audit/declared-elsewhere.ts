import type { ComparedIngress } from "../model/divergence.ts";
import { type IngressId, ingressKey } from "../model/ingress.ts";
import type { AuditPorts, AuditRequest } from "./audit-request.ts";
import { readDesired } from "./read-desired.ts";

/**
 * Where only part of the repository is audited: the live Ingresses that no audited file declares, but that another
 * file of the same commit does. They are not "in the cluster only".
 */
export async function declaredElsewhere(
  request: AuditRequest,
  { git, renderer }: AuditPorts,
  commit: string,
  compared: readonly ComparedIngress[],
): Promise<readonly IngressId[]> {
  const extras = compared.filter(({ state }) => state === "extra").map(({ id }) => id);
  if (!request.isNarrowed || extras.length === 0) return [];
  const { selector, namespaceFor } = request;
  const rest = { pathspecs: [], matches: (path: string) => isManifest(path) && !selector.matches(path) };
  const at = request.worktree ? ({ kind: "worktree" } as const) : ({ kind: "commit", sha: commit } as const);
  const { ingresses, problems } = await readDesired(git, renderer, at, rest, namespaceFor);
  const declared = new Set(
    [...ingresses.map(({ id }) => id), ...problems.flatMap(({ ingress }) => ingress ?? [])].map(ingressKey),
  );
  return extras.filter((id) => declared.has(ingressKey(id)));
}

function isManifest(path: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(path);
}
