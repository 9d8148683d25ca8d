import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareIngress } from "../../src/compare/compare-ingress.ts";
import { indexClaims } from "../../src/compare/index-claims.ts";
import { rateSeverity } from "../../src/compare/rate-severity.ts";
import { SEVERITIES } from "../../src/model/severity.ts";
import { arbitraryIngress, arbitraryOddIngress } from "./support/arbitrary-ingress.ts";
import { declared, identified, ingress } from "./support/ingress-yaml.ts";

const nginx = "nginx.ingress.kubernetes.io";

function rate(desired: string | null, live: string | null) {
  const [desiredObject = null, liveObject = null] = [desired, live].map((side) =>
    side === null ? null : ingress(side),
  );
  const comparison = compareIngress(desiredObject, liveObject, { ingressClasses: null });
  const claims = indexClaims(
    desiredObject === null ? [] : [declared(desiredObject)],
    liveObject === null ? [] : [identified(liveObject)],
  );
  const id = { namespace: "shop", name: "web" };
  const context = { id, desired: comparison.desiredKeyed, live: comparison.liveKeyed, claims };
  return comparison.divergences.map((divergence) => rateSeverity(divergence, context).rule);
}

function rateAnnotation(name: string, desired: string | null, live: string | null) {
  const holding = (value: string | null) =>
    value === null ? "{}" : JSON.stringify({ metadata: { annotations: { [name]: value } } });
  return rate(holding(desired), holding(live))[0];
}

test("every divergence of any two objects gets a rating", () => {
  const any = fc.option(fc.oneof(arbitraryIngress, arbitraryOddIngress));
  fc.assert(
    fc.property(any, any, (desired, live) => {
      const { divergences, desiredKeyed, liveKeyed } = compareIngress(desired, live, {
        ingressClasses: null,
      });
      const claims = indexClaims(
        desired === null ? [] : [declared(desired)],
        live === null ? [] : [identified(live)],
      );
      const context = { id: { namespace: "a", name: "b" }, desired: desiredKeyed, live: liveKeyed, claims };
      for (const divergence of divergences) {
        const { severity, rule, reason } = rateSeverity(divergence, context);
        expect(SEVERITIES).toContain(severity);
        expect(rule).toMatch(/^[a-z-]+$/);
        expect(reason).toMatch(/^[A-Z].*\.$/s);
      }
    }),
  );
});

describe("an entry or object is rated by the worst thing in it", () => {
  test("a snippet in an extra object", () => {
    const live = `metadata: { annotations: { ${nginx}/server-snippet: "return 200;" } }`;
    expect(rate(null, live)).toEqual(["config-snippet"]);
  });

  test("a path that breaks out, in an added rule", () => {
    const path = `{ path: "/;", pathType: ImplementationSpecific }`;
    expect(rate("{}", `spec: { rules: [{ host: a.example.com, http: { paths: [${path}] } }] }`)).toEqual([
      "injecting-path",
    ]);
  });

  test("but what is missing in a missing object is not more than missing", () => {
    expect(rate(`metadata: { annotations: { ${nginx}/auth-type: basic } }`, null)).toEqual([
      "missing-object",
    ]);
  });
});

describe("addresses", () => {
  test.each([
    ["10.0.0.0/8", "10.200.3.4", "medium-risk-annotation"],
    ["10.0.0.0/8", "11.0.0.0/8", "allowlist-widened"],
    ["10.0.0.0/8,192.0.2.1", "192.0.2.1/32, 10.0.0.0/9", "medium-risk-annotation"],
    ["10.0.0.0/8", "10.0.0.0/7", "allowlist-widened"],
    ["10.1.2.3/8", "10.0.0.0/8", "medium-risk-annotation"],
    ["10.128.0.0/9, ::/1, 10.0.0.0/9", "10.0.0.0/8", "medium-risk-annotation"],
    ["10.0.0.0/9, 10.129.0.0/16", "10.0.0.0/8", "allowlist-widened"],
    ["2001:db8::/32", "2001:db8:1::/48", "medium-risk-annotation"],
    ["2001:db8::/32", "2001:db9::1", "allowlist-widened"],
    ["2001:db8::/32", "::/0", "allowlist-widened"],
    ["0.0.0.0/0", "::/0", "allowlist-widened"],
    ["10.0.0.0/8", "10.0.0.0/x", "allowlist-widened"],
    ["10.0.0.0/8", "10.0.0.0/33", "allowlist-widened"],
    ["10.0.0.0/8", "10.0.0", "allowlist-widened"],
    ["10.0.0.0/8", "1::2::3", "allowlist-widened"],
    ["10.0.0.0/8,internal", "internal", "medium-risk-annotation"],
    ["10.0.0.0/8", "", "allowlist-removed"],
    [null, "0.0.0.0/0", "allowlist-widened"],
    [null, "10.0.0.0/8", "medium-risk-annotation"],
  ])("from %s to %s is %s", (desired, live, rule) => {
    expect(rateAnnotation(`${nginx}/whitelist-source-range`, desired, live)).toBe(rule);
  });
});

describe("annotations in both directions", () => {
  test.each([
    [`${nginx}/auth-tls-verify-client`, "on", "optional", "authentication-removed"],
    [`${nginx}/auth-tls-verify-client`, "off", "on", "authentication-changed"],
    [`${nginx}/satisfy`, null, "any", "authentication-removed"],
    [`${nginx}/enable-global-auth`, null, "false", "authentication-removed"],
    ["alb.ingress.kubernetes.io/auth-type", "oidc", "none", "authentication-removed"],
    [`${nginx}/auth-url`, "https://auth.example.com", null, "authentication-removed"],
    [`${nginx}/force-ssl-redirect`, "true", null, "https-not-enforced"],
    [`${nginx}/force-ssl-redirect`, null, "true", "medium-risk-annotation"],
    [`${nginx}/ssl-redirect`, "true", null, "controller-annotation"],
    ["kubernetes.io/ingress.allow-http", "false", null, "https-not-enforced"],
    ["kubernetes.io/ingress.allow-http", null, "false", "controller-annotation"],
    [`${nginx}/enable-modsecurity`, null, "false", "firewall-changed"],
    [`${nginx}/enable-modsecurity`, "true", null, "firewall-changed"],
    [`${nginx}/enable-modsecurity`, "false", "true", "controller-annotation"],
    ["kubernetes.io/ingress.class", null, "public", "ingress-class-changed"],
    [`${nginx}/proxy-cookie-path`, null, "/ /; Secure", "controller-annotation"],
    [`${nginx}/permanent-redirect`, null, "https://example.com/#top", "medium-risk-annotation"],
    [`${nginx}/permanent-redirect`, null, `https://$\{host}/`, "medium-risk-annotation"],
    [`${nginx}/permanent-redirect`, null, "https://example.com/ #", "suspicious-annotation"],
    [`${nginx}/rewrite-target`, null, "/$1\n", "medium-risk-annotation"],
    [`${nginx}/rewrite-target`, null, "/$1;}\nserver {", "injecting-annotation"],
    ["nginx.org/location-snippets", "a", "b", "config-snippet"],
    ["haproxy.org/backend-config-snippet", null, "http-request deny", "config-snippet"],
    ["alb.ingress.kubernetes.io/conditions.web", null, '[{"field":"path-pattern"}]', "controller-annotation"],
    ["example.com/config", null, "{ a; }\nb", "annotation"],
    ["argocd.argoproj.io/sync-options", null, "Validate=false,Prune=false", "gitops-disabled"],
    ["argocd.argoproj.io/sync-options", null, "Validate=false", "tracking-mark"],
  ])("%s from %j to %j is %s", (name, desired, live, rule) => {
    expect(rateAnnotation(name, desired, live)).toBe(rule);
  });
});

test("a route of Git's that another namespace serves live names who does", () => {
  const route = (namespace: string, name: string) =>
    ingress(
      `{ metadata: { namespace: ${namespace}, name: ${name} },
         spec: { rules: [{ host: a.example.com, http: { paths: [{ path: /, pathType: Prefix }] } }] } }`,
    );
  const [mine, others] = [
    route("shop", "web"),
    ["one", "two", "three", "four"].map((name) => route("evil", name)),
  ];
  const live = ingress("spec: { rules: [{ host: a.example.com }] }");
  const { divergences, desiredKeyed, liveKeyed } = compareIngress(mine, live, { ingressClasses: null });
  const claims = indexClaims([declared(mine)], [identified(live), ...others.map(identified)]);
  const context = { id: { namespace: "shop", name: "web" }, desired: desiredKeyed, live: liveKeyed, claims };
  expect(divergences.map((divergence) => rateSeverity(divergence, context))).toEqual([
    {
      severity: "high",
      rule: "route-claimed-elsewhere",
      reason:
        "The route is missing here, and its host and path is claimed by another namespace: evil/one, evil/two, evil/three and 1 more.",
    },
  ]);
});
