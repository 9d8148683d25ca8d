import { type DesiredIngress, type IngressId, ingressKey, type LiveIngress } from "../model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";

/** An Ingress that serves a host, or one path of it, in Git or in the cluster. */
export interface Claim {
  readonly id: IngressId;
  readonly where: "git" | "live";
}

/** Who claims which host and path; asked without regard to pathType, or to a slash at a path's end. */
export interface ClaimIndex {
  readonly claimsOfHost: (host: string) => readonly Claim[];
  readonly claimsOfRoute: (host: string, path: string) => readonly Claim[];
}

/** Index every host and path that Git or the cluster has, when first asked, so that each question takes constant time. */
export function indexClaims(desired: readonly DesiredIngress[], live: readonly LiveIngress[]): ClaimIndex {
  let known: Claims | null = null;
  const claims = (): Claims => {
    known ??= readClaims(desired, live);
    return known;
  };
  return {
    claimsOfHost: (host) => [...(claims().byHost.get(host)?.values() ?? [])],
    claimsOfRoute: (host, path) => [...(claims().byRoute.get(routeKey(host, path))?.values() ?? [])],
  };
}

interface Claims {
  readonly byHost: Map<string, Map<string, Claim>>;
  readonly byRoute: Map<string, Map<string, Claim>>;
}

function readClaims(desired: readonly DesiredIngress[], live: readonly LiveIngress[]): Claims {
  const claims: Claims = { byHost: new Map(), byRoute: new Map() };
  const index = (where: Claim["where"], { id, object }: LiveIngress) => {
    for (const { host, paths } of rulesOf(object)) {
      add(claims.byHost, host, { id, where });
      for (const path of paths) add(claims.byRoute, routeKey(host, path), { id, where });
    }
  };
  for (const each of desired) index("git", each);
  for (const each of live) index("live", each);
  return claims;
}

function add(claims: Map<string, Map<string, Claim>>, key: string, claim: Claim): void {
  const known = claims.get(key) ?? new Map<string, Claim>();
  claims.set(key, known.set(`${claim.where} ${ingressKey(claim.id)}`, claim));
}

function routeKey(host: string, path: string): string {
  return JSON.stringify([host, path.replace(/\/$/, "")]);
}

function rulesOf(
  object: JsonObject,
): readonly { readonly host: string; readonly paths: readonly string[] }[] {
  return entriesOf(object.spec, "rules").map((rule) => ({
    host: textOf(rule.host),
    paths: entriesOf(rule.http, "paths").map(({ path }) => textOf(path)),
  }));
}

function entriesOf(value: Json | undefined, name: string): readonly JsonObject[] {
  const entries = isJsonObject(value) ? value[name] : undefined;
  return Array.isArray(entries) ? entries.filter(isJsonObject) : [];
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
