import type { SeverityRating } from "../../model/severity.ts";

/**
 * Why a rule matters for a change, from the state before it (the rule's Git) to the one after it (its live). Rules that
 * are not here say it for both.
 */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["missing-object", "Nothing that the Ingress serves is served any more."],
  ["extra-object", "A new Ingress is served."],
  ["authentication-removed", "Callers no longer need to authenticate."],
  ["authentication-changed", "Callers are checked against something else than before."],
  ["allowlist-removed", "Only some addresses were let in; now all are."],
  ["allowlist-widened", "Addresses are let in that were not before."],
  ["denylist-loosened", "Addresses are let in that were kept out."],
  ["https-not-enforced", "What was served encrypted only is served unencrypted too."],
  ["firewall-changed", "The web application firewall is switched off, or becomes another one."],
  ["public-load-balancer", "The load balancer faces the internet from now on."],
  ["new-host", "A host is served that nothing in this namespace declared before."],
  ["new-route", "Requests are served that were not routed before."],
  ["route-removed", "Requests are not served by this rule any more."],
  ["backend-moved", "Requests go to another backend."],
  ["default-backend-added", "A default backend takes every request that no rule takes."],
  ["default-backend-removed", "Requests that no rule takes have no backend any more."],
  ["backend-port-changed", "Requests go to another port."],
  ["tls-removed", "TLS goes: the host may be served unencrypted, or with another certificate."],
  ["tls-secret-changed", "The host is served with the certificate of another Secret."],
  ["tls-added", "TLS is declared for a host that had none."],
  ["ingress-class-changed", "Another controller serves the Ingress, perhaps a public one."],
  ["tracking-mark", "A mark changes by which a GitOps tool or Helm knows its objects."],
  ["snippet-removed", "A piece of configuration goes, which may have held a protection."],
]);

/** One plain sentence on what a change does, where the rule's own one speaks of Git and live. */
export function changeReason({ rule, reason }: SeverityRating): string {
  return REASONS.get(rule) ?? reason;
}

export const CHANGE_REASON_RULES: readonly string[] = [...REASONS.keys()];
