import type { IngressObject } from "../../../../src/model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../../src/model/json.ts";

/** What of an Ingress the simulation varies. */
export interface Content {
  readonly annotations: Readonly<Record<string, string>>;
  readonly ingressClassName: string | null;
  readonly rules: readonly Rule[];
  readonly status: string;
}

export interface Rule {
  readonly host: string;
  readonly service: string;
}

export function ingressOf(content: Content, metadata: JsonObject = {}): IngressObject {
  const { annotations, ingressClassName, rules, status } = content;
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: "web",
      namespace: "shop",
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      ...metadata,
    },
    spec: {
      ...(ingressClassName === null ? {} : { ingressClassName }),
      ...(rules.length === 0 ? {} : { rules: rules.map(rawRule) }),
    },
    status: status === "" ? { loadBalancer: {} } : { loadBalancer: { ingress: [{ hostname: status }] } },
  };
}

export function rawRule({ host, service }: Rule): JsonObject {
  const backend = { service: { name: service, port: { number: 80 } } };
  return { host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } };
}

export function contentOf(object: Json): Content {
  const { metadata, spec, status } = asObject(object);
  const { ingressClassName, rules } = asObject(spec);
  return {
    annotations: asObject(asObject(metadata).annotations) as Record<string, string>,
    ingressClassName: typeof ingressClassName === "string" ? ingressClassName : null,
    rules: asList(rules).map((rule) => {
      const [path] = asList(asObject(asObject(rule).http).paths);
      const service = asObject(asObject(asObject(path).backend).service);
      return { host: String(asObject(rule).host), service: String(service.name) };
    }),
    status: String(asObject(asList(asObject(asObject(status).loadBalancer).ingress)[0]).hostname ?? ""),
  };
}

function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function asList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
