import { letsInEveryone, letsInMore } from "./address-range.ts";
import {
  ALLOWLISTS,
  AUTHENTICATION,
  AUTHENTICATION_OFF,
  DENYLISTS,
  FIREWALLS,
  HTTPS_OFF_BY_DEFAULT,
  HTTPS_ON_BY_DEFAULT,
} from "./annotation-names.ts";
import { annotationRule } from "./annotation-rule.ts";
import { annotationOf } from "./facet-fields.ts";
import type { SeverityContext, SeverityRule } from "./severity-rule.ts";

/** Annotations that guard what the Ingress serves: rated for what live guards less than Git does. */
export const exposureRules: readonly SeverityRule[] = [
  annotationRule(
    "authentication-removed",
    "high",
    "Git asks callers to authenticate, and live lets them in without.",
    ({ name, desired, live }) => isAuthenticationOff(name, desired, live),
  ),
  annotationRule(
    "authentication-changed",
    "high",
    "Callers are checked against something else than Git names.",
    ({ name, desired, live }) => AUTHENTICATION.has(name) && isSet(desired) && isSet(live),
  ),
  annotationRule(
    "allowlist-removed",
    "high",
    "Git lets in only some addresses, and live lets in all.",
    ({ name, desired, live }, { live: ingress }) =>
      ALLOWLISTS.has(name) && isSet(desired) && !isSet(live) && !isReplaced(name, ingress),
  ),
  annotationRule(
    "allowlist-widened",
    "high",
    "Live lets in addresses that Git does not let in.",
    ({ name, desired, live }) => {
      if (!ALLOWLISTS.has(name) || !isSet(live)) return false;
      // Where Git has none, the controller's own list may hold: one for everyone overrides it.
      return isSet(desired) ? letsInMore(live, desired) : letsInEveryone(live);
    },
  ),
  annotationRule(
    "denylist-loosened",
    "medium",
    "Live lets in addresses that Git keeps out.",
    ({ name, desired, live }) => DENYLISTS.has(name) && isSet(desired) && letsInMore(desired, live ?? ""),
  ),
  annotationRule(
    "https-not-enforced",
    "high",
    "Live serves unencrypted what Git serves encrypted only.",
    ({ name, desired, live }) => {
      if (name === "kubernetes.io/ingress.allow-http") return isOff(desired) && !isOff(live);
      if (HTTPS_ON_BY_DEFAULT.has(name)) return isOff(live) && !isOff(desired);
      return HTTPS_OFF_BY_DEFAULT.has(name) && isOn(desired) && !isOn(live);
    },
  ),
  annotationRule(
    "firewall-changed",
    "high",
    "The web application firewall is off, or another than Git names.",
    ({ name, desired, live }) => FIREWALLS.has(name) && (isOn(desired) || (isOff(live) && !isOff(desired))),
  ),
  annotationRule(
    "public-load-balancer",
    "high",
    "The load balancer faces the internet, and Git does not ask for that.",
    ({ name, desired, live }) => {
      if (name === "alb.ingress.kubernetes.io/scheme") return live === "internet-facing";
      return name === "appgw.ingress.kubernetes.io/use-private-ip" && isOn(desired) && !isOn(live);
    },
  ),
];

function isAuthenticationOff(name: string, desired: string | undefined, live: string | undefined): boolean {
  const off = AUTHENTICATION_OFF.get(name) ?? [];
  if (live !== undefined && off.includes(live)) return desired === undefined || !off.includes(desired);
  return AUTHENTICATION.has(name) && isSet(desired) && !off.includes(desired) && !isSet(live);
}

/** ingress-nginx has an old and a new name for the same list. */
function isReplaced(name: string, ingress: SeverityContext["live"]): boolean {
  const twin = name.includes("whitelist")
    ? name.replace("whitelist", "allowlist")
    : name.replace("allowlist", "whitelist");
  return twin !== name && isSet(annotationOf(ingress, twin));
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== "";
}

function isOff(value: string | undefined): boolean {
  return value !== undefined && /^(?:false|off|no|0)$/i.test(value.trim());
}

function isOn(value: string | undefined): boolean {
  return isSet(value) && !isOff(value);
}
