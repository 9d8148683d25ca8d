import type { Claim } from "../../compare/index-claims.ts";
import { keyIngress } from "../../compare/key-ingress.ts";
import { segmentKeys } from "../../model/field-path.ts";
import { type DesiredIngress, type IngressId, ingressKey } from "../../model/ingress.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { keyedValueAt } from "../../model/keyed-ingress.ts";
import type { ReviewedClaim } from "../../report/pull-request/pull-request-review.ts";
import { type ClaimSources, claimsAfterMerge } from "./claims-of-change.ts";
import { declaredIn } from "./side.ts";
import type { TouchedIngress } from "./touched-ingresses.ts";

/** Hosts and paths that the pull request adds, and that an Ingress of another namespace has, in Git or live. */
export function claimsElsewhere(
  touched: readonly TouchedIngress[],
  sources: ClaimSources,
): readonly ReviewedClaim[] {
  const index = claimsAfterMerge(sources);
  const places = new Map(sources.merged.map((each) => [ingressKey(each.id), each]));
  return touched.flatMap(({ id, base, head }) => {
    const before = routesOf(declaredIn(base));
    const after = routesOf(declaredIn(head));
    const isForeign = (claim: Claim) => claim.id.namespace !== id.namespace;
    const routes = after.routes.filter((route) => !before.has(route.host, route.path));
    const hosts = [...after.hosts].filter((host) => !before.hosts.has(host));
    const sharedRoutes = routes.flatMap(({ host, path }) =>
      claimed(id, host, path, index.claimsOfRoute(host, path).filter(isForeign), places),
    );
    const known = new Set(
      sharedRoutes.flatMap(({ host, others }) => others.map((other) => `${host} ${ingressKey(other)}`)),
    );
    const sharedHosts = hosts.flatMap((host) => {
      const others = index
        .claimsOfHost(host)
        .filter((claim) => isForeign(claim) && !known.has(`${host} ${ingressKey(claim.id)}`));
      return claimed(id, host, null, others, places);
    });
    return [...sharedRoutes, ...sharedHosts];
  });
}

function claimed(
  { namespace, name }: IngressId,
  host: string,
  path: string | null,
  claims: readonly Claim[],
  places: ReadonlyMap<string, DesiredIngress>,
): ReviewedClaim[] {
  const byKey = Map.groupBy(claims, ({ id }) => ingressKey(id));
  const others = [...byKey].map(([key, same]) => {
    const origin = places.get(key)?.origin;
    return {
      namespace: same[0]?.id.namespace ?? "",
      name: same[0]?.id.name ?? "",
      place: origin === undefined ? null : { side: "head" as const, path: origin.path, line: origin.line },
      isLive: same.some(({ where }) => where === "live"),
    };
  });
  return others.length === 0 ? [] : [{ namespace, name, host, path: path === "" ? "/" : path, others }];
}

interface Routes {
  readonly hosts: ReadonlySet<string>;
  readonly routes: readonly { readonly host: string; readonly path: string }[];
  readonly has: (host: string, path: string) => boolean;
}

function routesOf(ingress: DesiredIngress | null): Routes {
  const rules = ingress === null ? {} : keyedValueAt(keyIngress(ingress.object), ["spec", "rules"]);
  const entries = Object.entries(isJsonObject(rules) ? rules : {}).map(([segment, rule]) => ({
    host: segmentKeys(segment).host ?? "",
    paths: pathsOf(rule),
  }));
  const routes = entries.flatMap(({ host, paths }) => paths.map((path) => ({ host, path })));
  const keys = new Set(routes.map(({ host, path }) => JSON.stringify([host, path])));
  return {
    hosts: new Set(entries.map(({ host }) => host)),
    routes,
    has: (host, path) => keys.has(JSON.stringify([host, path])),
  };
}

/** Asked without regard to a slash at the end, as the claims are. */
function pathsOf(rule: Json): string[] {
  const http = isJsonObject(rule) ? rule.http : undefined;
  const paths = isJsonObject(http) && isJsonObject(http.paths) ? Object.keys(http.paths) : [];
  return [...new Set(paths.map((segment) => (segmentKeys(segment).path ?? "").replace(/\/$/, "")))];
}
