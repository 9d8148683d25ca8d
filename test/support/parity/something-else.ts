import { isJsonObject, type JsonObject } from "../../../src/model/json.ts";

/** An Ingress of the same name that has every field, and each with a value that nobody else has. */
export function somethingElse({ metadata }: JsonObject): JsonObject {
  const { name = null, namespace = null } = isJsonObject(metadata) ? metadata : {};
  const backend = { service: { name: "another", port: { number: 8181 } } };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name,
      namespace,
      annotations: { "example.com/another": "yes", "nginx.ingress.kubernetes.io/app-root": "/another" },
      labels: { another: "yes" },
    },
    spec: {
      ingressClassName: "another",
      defaultBackend: backend,
      rules: [
        { host: "another.example.com", http: { paths: [{ path: "/another", pathType: "Prefix", backend }] } },
      ],
      tls: [{ hosts: ["another.example.com"], secretName: "another-tls" }],
    },
  };
}
