/** `shop/web` as Git declares it: one host, one path to one Service. */
export function webManifest(service: string, { namespace = "shop", name = "web" } = {}): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  ingressClassName: nginx
  rules:
    - host: ${name}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: ${service}
                port:
                  number: 80
`;
}

/** The same as the cluster holds it. */
export function webLive(
  service: string,
  {
    namespace = "shop",
    name = "web",
    annotations = {},
  }: {
    readonly namespace?: string;
    readonly name?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  } = {},
) {
  const backend = { service: { name: service, port: { number: 80 } } };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name, namespace, uid: `u-${name}`, resourceVersion: "7", generation: 1, annotations },
    spec: {
      ingressClassName: "nginx",
      rules: [{ host: `${name}.example.com`, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
    },
  };
}

/** What `kubectl get ingress,ingressclass -o json` prints of these Ingresses and the class `nginx`. */
export function webSnapshot(...ingresses: readonly object[]): string {
  const nginx = {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name: "nginx" },
    spec: {},
  };
  return JSON.stringify({ apiVersion: "v1", kind: "List", items: [...ingresses, nginx] });
}
