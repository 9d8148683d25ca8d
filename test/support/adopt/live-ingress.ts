/** A rule with one path to one Service. */
export const rule = (host: string, service: string, number = 80) => ({
  host,
  http: {
    paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: service, port: { number } } } }],
  },
});

export const SIZE: Readonly<Record<string, string>> = { "nginx.ingress.kubernetes.io/proxy-body-size": "8m" };

/** `shop/web` as the cluster holds it. */
export function liveIngress({
  annotations = SIZE,
  rules = [rule("shop.example.com", "web")],
  name = "web",
  more = {},
}: {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly rules?: readonly object[];
  readonly name?: string;
  /** Further metadata. */
  readonly more?: object;
} = {}) {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name,
      namespace: "shop",
      uid: "1",
      resourceVersion: "9",
      generation: 2,
      creationTimestamp: "2026-01-01T00:00:00Z",
      annotations,
      ...more,
    },
    spec: { ingressClassName: "nginx", rules },
    status: { loadBalancer: {} },
  };
}

/** The same as a team writes it in Git: comments, quotes of both kinds, a flow map. */
export const WEB = `# The shop's front door.
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations:
    # agreed with the CDN
    nginx.ingress.kubernetes.io/proxy-body-size: '8m'   # uploads
spec:
  ingressClassName: nginx
  rules:
  # the shop itself
  - host: "shop.example.com"
    http:
      paths:
      - path: /
        pathType: Prefix
        backend: { service: { name: web, port: { number: 80 } } }   # blue
`;
