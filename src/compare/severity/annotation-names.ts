/** ingress-nginx's own, without the prefix. */
const nginx = (...names: readonly string[]) => names.map((name) => `nginx.ingress.kubernetes.io/${name}`);
/** HAProxy Ingress takes both prefixes. */
const haproxyIngress = (...names: readonly string[]) =>
  names.flatMap((name) => [`haproxy-ingress.github.io/${name}`, `ingress.kubernetes.io/${name}`]);
const alb = (...names: readonly string[]) => names.map((name) => `alb.ingress.kubernetes.io/${name}`);

/** Their text becomes part of the controller's configuration. */
export const SNIPPETS: ReadonlySet<string> = new Set([
  ...nginx(
    "configuration-snippet",
    "server-snippet",
    "stream-snippet",
    "auth-snippet",
    "modsecurity-snippet",
  ),
  "nginx.org/server-snippets",
  "nginx.org/location-snippets",
  "haproxy.org/backend-config-snippet",
  ...haproxyIngress("config-backend", "config-backend-early", "config-backend-late"),
]);

/** @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations-risk/ */
export const HIGH_RISK: ReadonlySet<string> = new Set(
  nginx(
    "server-alias",
    "auth-url",
    "auth-signin",
    "auth-tls-error-page",
    "auth-tls-match-cn",
    "mirror-host",
    "mirror-target",
    "modsecurity-transaction-id",
    "proxy-ssl-name",
    "upstream-hash-by",
  ),
);

/** @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations-risk/ */
export const MEDIUM_RISK: ReadonlySet<string> = new Set(
  nginx(
    "whitelist-source-range",
    "allowlist-source-range",
    "denylist-source-range",
    "auth-secret",
    "auth-tls-secret",
    "auth-tls-verify-client",
    "auth-proxy-set-headers",
    "rewrite-target",
    "permanent-redirect",
    "temporal-redirect",
    "cors-allow-origin",
    "custom-headers",
    "app-root",
    "force-ssl-redirect",
    "proxy-body-size",
  ),
);

/** They decide who may pass. */
export const AUTHENTICATION: ReadonlySet<string> = new Set([
  ...nginx(
    "auth-type",
    "auth-secret",
    "auth-url",
    "auth-tls-secret",
    "auth-tls-verify-client",
    "auth-tls-match-cn",
  ),
  "nginx.org/basic-auth-secret",
  "nginx.com/jwt-key",
  "haproxy.org/auth-type",
  "haproxy.org/auth-secret",
  ...haproxyIngress("auth-url", "auth-secret", "auth-tls-secret", "auth-tls-verify-client", "oauth"),
  ...alb("auth-type", "auth-idp-oidc", "auth-idp-cognito", "mutual-authentication"),
  "traefik.ingress.kubernetes.io/router.middlewares",
  "konghq.com/plugins",
]);

/** Values that let everyone pass, by annotation. */
export const AUTHENTICATION_OFF: ReadonlyMap<string, readonly string[]> = new Map(
  [
    { names: nginx("auth-tls-verify-client"), off: ["off", "optional", "optional_no_ca"] },
    { names: haproxyIngress("auth-tls-verify-client"), off: ["off", "optional", "optional_no_ca"] },
    { names: nginx("enable-global-auth"), off: ["false"] },
    { names: nginx("satisfy"), off: ["any"] },
    { names: alb("auth-type"), off: ["none"] },
    { names: alb("auth-on-unauthenticated-request"), off: ["allow"] },
  ].flatMap(({ names, off }) => names.map((name) => [name, off] as const)),
);

/** Lists of the addresses that may pass. */
export const ALLOWLISTS: ReadonlySet<string> = new Set([
  ...nginx("whitelist-source-range", "allowlist-source-range"),
  ...haproxyIngress("whitelist-source-range", "allowlist-source-range"),
  "haproxy.org/allow-list",
  "haproxy.org/whitelist",
  ...alb("inbound-cidrs"),
]);

/** Lists of the addresses that may not pass. */
export const DENYLISTS: ReadonlySet<string> = new Set([
  ...nginx("denylist-source-range"),
  ...haproxyIngress("denylist-source-range"),
  "haproxy.org/deny-list",
  "haproxy.org/blacklist",
]);

/** While they are on, nothing is served unencrypted. On by default where the host has TLS. */
export const HTTPS_ON_BY_DEFAULT: ReadonlySet<string> = new Set([
  ...nginx("ssl-redirect"),
  ...haproxyIngress("ssl-redirect"),
]);

/** While they are on, nothing is served unencrypted. Off by default. */
export const HTTPS_OFF_BY_DEFAULT: ReadonlySet<string> = new Set([
  ...nginx("force-ssl-redirect"),
  "ingress.kubernetes.io/force-ssl-redirect",
  "nginx.org/redirect-to-https",
  "haproxy.org/ssl-redirect",
  "appgw.ingress.kubernetes.io/ssl-redirect",
  "traefik.ingress.kubernetes.io/router.tls",
  ...alb("ssl-redirect"),
]);

/** Web application firewalls. */
export const FIREWALLS: ReadonlySet<string> = new Set([
  ...nginx("enable-modsecurity", "enable-owasp-core-rules"),
  ...alb("wafv2-acl-arn", "waf-acl-id"),
  "appgw.ingress.kubernetes.io/waf-policy-for-path",
  "appprotect.f5.com/app-protect-enable",
]);

/** Annotations below these prefixes configure a controller, a certificate or a DNS name. */
const CONFIGURING_PREFIXES = [
  "nginx.ingress.kubernetes.io/",
  "nginx.org/",
  "nginx.com/",
  "appprotect.f5.com/",
  "appprotectdos.f5.com/",
  "haproxy.org/",
  "haproxy-ingress.github.io/",
  "ingress.kubernetes.io/",
  "alb.ingress.kubernetes.io/",
  "traefik.ingress.kubernetes.io/",
  "konghq.com/",
  "appgw.ingress.kubernetes.io/",
  "projectcontour.io/",
  "ingress.cilium.io/",
  "networking.gke.io/",
  "ingress.gcp.kubernetes.io/",
  "kubernetes.io/ingress.",
  "cert-manager.io/",
  "acme.cert-manager.io/",
  "external-dns.alpha.kubernetes.io/",
];

/** Controllers that write annotation values into a configuration file. */
const FILE_WRITING_PREFIXES = [
  "nginx.ingress.kubernetes.io/",
  "nginx.org/",
  "nginx.com/",
  "haproxy.org/",
  "haproxy-ingress.github.io/",
  "ingress.kubernetes.io/",
];

export function isConfiguring(annotation: string): boolean {
  return CONFIGURING_PREFIXES.some((prefix) => annotation.startsWith(prefix));
}

/** True where a value can break out of the place in which the controller writes it; a snippet has no such place. */
export function isInjectable(annotation: string): boolean {
  // Cookie attributes are separated by semicolons.
  const isPlain = annotation === "nginx.ingress.kubernetes.io/proxy-cookie-path" || SNIPPETS.has(annotation);
  return !isPlain && FILE_WRITING_PREFIXES.some((prefix) => annotation.startsWith(prefix));
}
