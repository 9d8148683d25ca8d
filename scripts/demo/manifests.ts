import { parse, stringify } from "yaml";

/** The demo's Ingresses as their authors first wrote them, each in their own style. */
export const FIRST_MANIFESTS: Readonly<Record<string, string>> = {
  "web.yaml": `# The shop's front door.
kind: Ingress
apiVersion: networking.k8s.io/v1
metadata: {name: web, namespace: shop}
spec:
  ingressClassName: nginx
  tls: [{secretName: shop-tls, hosts: [shop.example.com]}]
  rules:
  - host: shop.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
`,
  "checkout.yaml": `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
    name: checkout
    namespace: shop
    annotations:
        nginx.ingress.kubernetes.io/proxy-body-size: '8m'
spec:
    ingressClassName: nginx
    rules:
    - host: checkout.example.com
      http:
          paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: checkout-v1, port: {number: 8080}}}
`,
  "search.yaml": `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: search, namespace: shop}
spec:
  ingressClassName: "nginx"
  rules:
  - host: "shop.example.com"
    http:
      paths:
      - path: "/search"
        pathType: "Prefix"
        backend: {service: {name: "search-v1", port: {number: 8080}}}
`,
  "account.yaml": `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: account, namespace: shop}
spec:
  ingressClassName: nginx
  rules:
  - host: account.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: account, port: {number: 80}}}}
`,
  "admin.yaml": `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: admin
  namespace: shop
spec:
  ingressClassName: nginx
  rules:
  - host: admin.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: admin, port: {number: 80}}}}
`,
  "docs.yaml": `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: docs, namespace: shop}
spec:
  ingressClassName: nginx
  rules:
  - host: docs.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: docs, port: {number: 80}}}}
`,
};

/** What some commits put into a manifest, in the style of the file that they change. */
export const ADDITIONS = {
  officeOnly: `
  annotations:
    nginx.ingress.kubernetes.io/whitelist-source-range: "198.51.100.0/24"
`,
  issuer: `
        cert-manager.io/cluster-issuer: 'letsencrypt'
        acme.cert-manager.io/http01-edit-in-place: 'true'
`,
  tls: `
    tls:
    - secretName: checkout-tls
      hosts: ['checkout.example.com']
`,
  cart: `
          - path: /cart
            pathType: Prefix
            backend: {service: {name: cart, port: {number: 8080}}}
`,
  api: `
      - {path: /api, pathType: Prefix, backend: {service: {name: gateway, port: {number: 8080}}}}
`,
};

export const CONFIGURATION = `# What ingress-audit needs to know about this repository.
sources:
  - paths: [deploy/]
clusters:
  - name: prod-eu
ignore:
  - name: paused-alerts
    reason: On-call pauses alerts by hand with this annotation; no controller reads it.
    fields: ['metadata.annotations["shop.example.com/alerts-paused-until"]']
`;

/** Put one value in another's place; a value that is not there is a mistake in the story. */
export function edit(manifest: string | undefined, from: string, to: string): string {
  if (manifest?.split(from).length !== 2) throw new Error(`${from} does not occur once in\n${manifest}`);
  return manifest.replace(from, () => to);
}

/** Put lines below the one that says `line`. */
export function addBelow(manifest: string | undefined, line: string, addition: string): string {
  return edit(manifest, `${line}\n`, line + addition);
}

/** The same meaning in one style for all: what a formatter does to every line. */
export function format(manifest: string): string {
  const { apiVersion, kind, ...rest }: Record<string, unknown> = parse(manifest);
  return stringify({ apiVersion, kind, ...rest }, { singleQuote: false });
}
