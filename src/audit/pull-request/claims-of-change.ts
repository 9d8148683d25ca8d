import { type ClaimIndex, indexClaims } from "../../compare/index-claims.ts";
import { type DesiredIngress, type IngressId, ingressKey, type LiveIngress } from "../../model/ingress.ts";

/** What is served before and after a pull request. */
export interface ClaimSources {
  readonly base: readonly DesiredIngress[];
  readonly merged: readonly DesiredIngress[];
  readonly live: readonly LiveIngress[];
}

/**
 * The claims against which a pull request's changes are rated: as Git's those of the base, as live ones what is served
 * once it is merged. What it takes out of Git no longer claims anything elsewhere.
 */
export function claimsOfChange({ base, merged, live }: ClaimSources): (id: IngressId) => ClaimIndex {
  const removed = removedKeys(base, merged);
  const index = indexClaims(base, [...merged, ...live]);
  return ({ namespace }) => {
    const remains = ({ id }: { readonly id: IngressId }) =>
      id.namespace === namespace || !removed.has(ingressKey(id));
    return {
      claimsOfHost: (host) => index.claimsOfHost(host).filter(remains),
      claimsOfRoute: (host, path) => index.claimsOfRoute(host, path).filter(remains),
    };
  };
}

/** Who else is there once it is merged: in Git, or only in the cluster. */
export function claimsAfterMerge({ base, merged, live }: ClaimSources): ClaimIndex {
  const removed = removedKeys(base, merged);
  return indexClaims(
    merged,
    live.filter(({ id }) => !removed.has(ingressKey(id))),
  );
}

function removedKeys(
  base: readonly DesiredIngress[],
  merged: readonly DesiredIngress[],
): ReadonlySet<string> {
  const kept = new Set(merged.map(({ id }) => ingressKey(id)));
  return new Set(base.map(({ id }) => ingressKey(id)).filter((key) => !kept.has(key)));
}
