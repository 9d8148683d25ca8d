import type { JsonObject } from "../../../src/model/json.ts";

/** An Ingress that is being written: every list is there, if need be empty, and leaves the object when it is. */
export interface Draft {
  readonly name: string;
  annotations: Record<string, string>;
  labels: Record<string, string>;
  finalizers: string[];
  owners: { uid: string; name: string }[];
  ingressClassName: string | null;
  defaultBackend: Backend | null;
  rules: { host: string; paths: DraftPath[] }[];
  tls: { secretName: string; hosts: string[] }[];
}

export interface DraftPath {
  path: string;
  pathType: string;
  backend: Backend;
}

export type Backend =
  | { kind: "service"; name: string; port: number | string }
  | { kind: "resource"; name: string };

/** Whether the API server takes it. */
export function isValid({ rules, defaultBackend }: Draft): boolean {
  return (rules.length > 0 || defaultBackend !== null) && rules.every(({ paths }) => paths.length > 0);
}

export function metadataOf({ annotations, labels, finalizers, owners }: Draft): JsonObject {
  return withoutEmpty({
    annotations,
    labels,
    finalizers,
    ownerReferences: owners.map((owner) => ({ apiVersion: "v1", kind: "ConfigMap", ...owner })),
  });
}

export function specOf({ ingressClassName, defaultBackend, rules, tls }: Draft): JsonObject {
  return withoutEmpty({
    ingressClassName,
    defaultBackend: defaultBackend === null ? null : backendOf(defaultBackend),
    rules: rules.map(({ host, paths }) => ({
      ...withoutEmpty({ host }),
      http: {
        paths: paths.map(({ path, pathType, backend }) => ({ path, pathType, backend: backendOf(backend) })),
      },
    })),
    tls: tls.map((entry) => withoutEmpty({ ...entry })),
  });
}

export function manifestOf(draft: Draft, namespace: string): JsonObject {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: draft.name, namespace, ...metadataOf(draft) },
    spec: specOf(draft),
  };
}

function backendOf(backend: Backend): JsonObject {
  if (backend.kind === "resource") {
    return { resource: { apiGroup: "k8s.example.com", kind: "Bucket", name: backend.name } };
  }
  const { name, port } = backend;
  return { service: { name, port: typeof port === "number" ? { number: port } : { name: port } } };
}

function withoutEmpty(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => {
      if (value === null || value === "") return false;
      return typeof value !== "object" || Object.keys(value).length > 0;
    }),
  );
}
