import { parse } from "yaml";
import type { DesiredIngress, IngressObject, LiveIngress } from "../../../src/model/ingress.ts";
import { isJsonObject } from "../../../src/model/json.ts";

/** An Ingress `shop/web` from inline YAML that may leave out apiVersion, kind and identity. */
export function ingress(text: string): IngressObject {
  const written: unknown = parse(text);
  const object = isJsonObject(written) ? written : {};
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    ...object,
    metadata: { name: "web", namespace: "shop", ...metadata },
  };
}

export function identified(object: IngressObject): LiveIngress {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  return { id: { namespace: String(metadata.namespace), name: String(metadata.name) }, object };
}

export function declared(object: IngressObject): DesiredIngress {
  const origin = { path: "web.yaml", line: 1, renderer: "plain" } as const;
  return { ...identified(object), origin, placeAt: () => ({ path: "web.yaml", line: 1 }) };
}
