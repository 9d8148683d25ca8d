import { compareIngresses } from "../../compare/compare-ingresses.ts";
import { AuditError } from "../../model/audit-error.ts";
import { type FieldPath, isWithin } from "../../model/field-path.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import { readDesired } from "../desired/read-desired.ts";

/** What one deployment was to change in the cluster. */
export interface DeployedFields {
  /** null where nothing tells what was there before: then everything was deployed. */
  readonly previous: string | null;
  /** Whether the deployment sets this field, or one that holds it or that it holds. */
  readonly touches: (id: IngressId, field: FieldPath) => boolean;
}

/**
 * The fields whose declared values differ between what was deployed before and what is deployed now.
 *
 * @param candidates Revisions that may have been deployed before; the first that the clone holds counts.
 */
export async function deployedFields(
  request: AuditRequest,
  ports: AuditPorts,
  commit: string,
  candidates: readonly string[],
): Promise<DeployedFields> {
  const previous = await firstHeld(ports, commit, [...candidates, `${commit}^`]);
  if (previous === null) return { previous, touches: () => true };
  const [before, after] = await Promise.all([
    declaredAt(request, ports, previous),
    declaredAt(request, ports, commit),
  ]);
  const changed = new Map(
    compareIngresses(after, before, { ingressClasses: null }).map(({ id, divergences, recognised }) => [
      ingressKey(id),
      [...divergences, ...recognised.map(({ divergence }) => divergence)].map(({ field }) => field),
    ]),
  );
  return {
    previous,
    touches: (id, field) =>
      (changed.get(ingressKey(id)) ?? []).some((each) => isWithin(each, field) || isWithin(field, each)),
  };
}

async function firstHeld({ git }: AuditPorts, commit: string, revisions: readonly string[]) {
  for (const revision of revisions) {
    const held = await git.resolveCommit(revision).catch((error: unknown) => {
      if (error instanceof AuditError && error.code === "ref-not-found") return null;
      throw error;
    });
    if (held !== null && held !== commit) return held;
  }
  return null;
}

async function declaredAt(
  { selector, namespaceFor }: AuditRequest,
  { git, renderer }: AuditPorts,
  sha: string,
) {
  const { ingresses } = await readDesired(git, renderer, { kind: "commit", sha }, selector, namespaceFor);
  return ingresses;
}
