/** A plain Ingress: `<name>.example.com` with one path to one Service. */
export function ingress(
  namespace: string,
  name: string,
  {
    service = "api",
    host = `${name}.example.com`,
  }: { readonly service?: string; readonly host?: string } = {},
) {
  const backend = { service: { name: service, port: { number: 80 } } };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name, namespace, labels: { app: name } },
    spec: {
      ingressClassName: "nginx",
      rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
    },
  };
}

export function ingressesPath(namespace: string): string {
  return `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`;
}

export function ingressPath(namespace: string, name: string): string {
  return `${ingressesPath(namespace)}/${name}`;
}
