import { ingressKey } from "../../model/ingress.ts";
import type { Claim } from "../index-claims.ts";
import { holdsDirectiveMark, holdsLineBreak } from "./config-text.ts";
import { routeIn, ruleIn } from "./facet-fields.ts";
import type { Facet, SeverityContext, SeverityRule } from "./severity-rule.ts";

/** Which requests reach this Ingress. */
export const routingRules: readonly SeverityRule[] = [
  {
    name: "injecting-path",
    severity: "critical",
    reasonFor: (facet) =>
      holdsLineBreak(addedPath(facet)) || /[;"]/.test(addedPath(facet))
        ? "The path can end its directive in a controller's configuration, and anything may follow."
        : null,
  },
  {
    name: "suspicious-path",
    severity: "high",
    reasonFor: (facet) =>
      holdsDirectiveMark(addedPath(facet)) || addedPath(facet).includes("#")
        ? "The path holds characters that mean something in a controller's configuration."
        : null,
  },
  {
    name: "route-claimed-elsewhere",
    severity: "high",
    reasonFor: (facet, context) => {
      const route = routeIn(facet);
      if (route === null) return null;
      const claims = elsewhere(context.claims.claimsOfRoute(route.host, route.path), context);
      if (facet.change === "added") return claimed("The same host and path is claimed by", claims);
      const live = claims.filter(({ where }) => where === "live");
      return claimed("The route is missing here, and its host and path is claimed by", live);
    },
  },
  {
    name: "host-claimed-elsewhere",
    severity: "high",
    reasonFor: (facet, context) => {
      const rule = ruleIn(facet);
      if (rule === null || rule.host === "" || facet.change !== "added") return null;
      return claimed(
        "The same host is claimed by",
        elsewhere(context.claims.claimsOfHost(rule.host), context),
      );
    },
  },
  {
    name: "wildcard-host",
    severity: "high",
    reasonFor: (facet) => {
      const rule = facet.change === "added" ? ruleIn(facet) : null;
      if (rule?.host === "")
        return "A rule without a host takes requests for every host that no one else claims.";
      return rule?.host.includes("*") === true
        ? "A wildcard takes requests for every host below it that no one else claims."
        : null;
    },
  },
  {
    name: "new-host",
    severity: "high",
    reasonFor: (facet, context) => {
      const rule = facet.change === "added" ? ruleIn(facet) : null;
      if (rule === null || declaresHost(context, rule.host)) return null;
      return "A host is served that nothing in Git declares in this namespace.";
    },
  },
  {
    name: "new-route",
    severity: "medium",
    reasonFor: (facet) =>
      facet.change === "added" && (routeIn(facet) !== null || ruleIn(facet) !== null)
        ? "Requests are served that Git does not route."
        : null,
  },
  {
    name: "route-removed",
    severity: "medium",
    reasonFor: (facet) =>
      facet.change === "removed" && (routeIn(facet) !== null || ruleIn(facet) !== null)
        ? "Requests that Git routes are not served by this rule any more."
        : null,
  },
  {
    name: "reordered",
    severity: "low",
    reasonFor: ({ change }) =>
      change === "reordered"
        ? "Only the order differs, which some controllers take for precedence between paths."
        : null,
  },
];

function addedPath(facet: Facet): string {
  return facet.change === "added" ? (routeIn(facet)?.path ?? "") : "";
}

function elsewhere(claims: readonly Claim[], { id }: SeverityContext): readonly Claim[] {
  return claims.filter((claim) => claim.id.namespace !== id.namespace);
}

function claimed(what: string, claims: readonly Claim[]): string | null {
  const names = [...new Set(claims.map(({ id }) => ingressKey(id)))];
  if (names.length === 0) return null;
  const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
  return `${what} another namespace: ${names.slice(0, 3).join(", ")}${more}.`;
}

function declaresHost({ claims, id }: SeverityContext, host: string): boolean {
  return claims
    .claimsOfHost(host)
    .some((claim) => claim.where === "git" && claim.id.namespace === id.namespace);
}
