import type { ComparedIngress } from "../../model/divergence.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import { snapshotOf } from "../desired/read-declared.ts";
import { readDesired } from "../desired/read-desired.ts";
import { hiddenByUnreadable } from "./unreadable-files.ts";

/**
 * Where only part of the sources is audited: the live Ingresses that no audited file declares, but that another file of
 * the sources does, or may because it cannot be read. They are not "in the cluster only".
 */
export async function declaredElsewhere(
  request: AuditRequest,
  { git, renderer }: AuditPorts,
  commit: string,
  compared: readonly ComparedIngress[],
): Promise<readonly IngressId[]> {
  const extras = compared.filter(({ state }) => state === "extra");
  if (!request.isNarrowed || extras.length === 0) return [];
  const { selector, wider, namespaceFor } = request;
  const rest = {
    pathspecs: wider.pathspecs,
    matches: (path: string) => wider.matches(path) && !selector.matches(path),
  };
  const at = snapshotOf({ worktree: request.worktree, commit });
  const desired = await readDesired(git, renderer, at, rest, namespaceFor);
  const declared = new Set(
    [
      ...desired.ingresses.map(({ id }) => id),
      ...desired.problems.flatMap(({ ingress }) => ingress ?? []),
      ...(await hiddenByUnreadable(git, extras, desired, null)),
    ].map(ingressKey),
  );
  return extras.map(({ id }) => id).filter((id) => declared.has(ingressKey(id)));
}
