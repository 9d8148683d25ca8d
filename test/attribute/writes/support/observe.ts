import type { ObservedWrite } from "../../../../src/attribute/writes/known-state.ts";
import { keyIngress } from "../../../../src/compare/key-ingress.ts";
import type { ClusterWrite } from "../../../../src/model/cluster-write.ts";
import type { IngressObject } from "../../../../src/model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../../src/model/json.ts";

/** Writes told in short: `metadata` and `spec` make the object after, uid `u1` unless said otherwise. */
export interface ShortWrite {
  readonly by: string;
  readonly verb: ClusterWrite["verb"];
  readonly request?: Json;
  /** null: gone; absent: not recorded. */
  readonly after?: IngressObject | null;
  readonly fields?: Partial<ClusterWrite>;
}

export function observe(short: readonly ShortWrite[]): ObservedWrite[] {
  return short.map(({ after, by, fields, request, verb }, index) => {
    const metadata = isJsonObject(after?.metadata) ? after.metadata : {};
    const write: ClusterWrite = {
      auditID: `${by}-${index}`,
      at: `2026-01-01T00:${String(index).padStart(2, "0")}:00.500000Z`,
      verb,
      user: by,
      impersonatedBy: null,
      groups: [],
      userAgent: "kubectl/v1.36.3",
      sourceIP: null,
      fieldManager: null,
      id: { namespace: "shop", name: "web" },
      uid: after === undefined ? null : String(metadata.uid ?? "u1"),
      resourceVersion: typeof metadata.resourceVersion === "string" ? metadata.resourceVersion : null,
      request,
      isApply: false,
      after,
      mutatedBy: [],
      ...fields,
    };
    return { write, after: after ? keyIngress(after) : after };
  });
}

/** An Ingress as a response has it. */
export function ingress(
  version: number,
  generation: number,
  spec: JsonObject,
  metadata: JsonObject = {},
): IngressObject {
  const server = { uid: "u1", resourceVersion: String(version), generation };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "web", namespace: "shop", ...server, ...metadata },
    spec,
    status: { loadBalancer: {} },
  };
}

/** An Ingress as a request has it. */
export function manifest(spec: JsonObject, metadata: JsonObject = {}): IngressObject {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "web", namespace: "shop", ...metadata },
    spec,
  };
}

export function rule(host: string, service: string): JsonObject {
  const backend = { service: { name: service, port: { number: 80 } } };
  return { host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } };
}

export function annotated(annotations: Readonly<Record<string, string>>, more: JsonObject = {}): JsonObject {
  return { annotations, ...more };
}

/** managedFields with one entry that owns what `owns` says, in FieldsV1. */
export function managed(
  manager: string,
  minute: number,
  owns: JsonObject,
  more: JsonObject = {},
): JsonObject {
  const time = `2026-01-01T00:${String(minute).padStart(2, "0")}:00Z`;
  return { manager, operation: "Update", time, fieldsType: "FieldsV1", fieldsV1: owns, ...more };
}

export const OWNS_RULES: JsonObject = { "f:spec": { "f:rules": {} } };

export function ownsAnnotation(name: string): JsonObject {
  return { "f:metadata": { "f:annotations": { [`f:${name}`]: {} } } };
}
