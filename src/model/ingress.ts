import type { JsonObject } from "./json.ts";

export interface IngressId {
  readonly namespace: string;
  readonly name: string;
}

export function ingressKey(id: IngressId): string {
  return `${id.namespace}/${id.name}`;
}

/** A `networking.k8s.io/v1` Ingress as plain JSON: what Git declares (converted to v1) or the cluster holds. */
export type IngressObject = JsonObject;

/** A place in the JSON of an object: names and list indices. */
export type RawPath = readonly (string | number)[];

/** An Ingress as Git declares it at one commit, after rendering and conversion to v1. */
export interface DesiredIngress {
  readonly id: IngressId;
  readonly object: IngressObject;
  readonly origin: Origin;
  /**
   * The 1-based line of a field in the file, for a raw path of `object`; the nearest line above it that the
   * file does have where the field itself is not written out.
   */
  readonly lineAt: (path: RawPath) => number;
}

export interface Origin {
  /** Repository-relative path of the file that declares the object. */
  readonly path: string;
  /** 1-based line of the document's first key. */
  readonly line: number;
  readonly renderer: "plain";
}

/** An Ingress in the cluster, managedFields included. */
export interface LiveIngress {
  readonly id: IngressId;
  readonly object: IngressObject;
}

export interface LiveIngressClass {
  readonly name: string;
  readonly isDefault: boolean;
  readonly controller: string | null;
  /** UTC, ISO 8601: of several default classes the API server takes the newest. */
  readonly createdAt?: string;
}
