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
   * Where an input file carries a field, for a raw path of `object`. In a plain manifest the nearest line above it that
   * the file does have where the field itself is not written out; null where rendering leaves no way to tell.
   */
  readonly placeAt: (path: RawPath) => Place | null;
}

/** A line of a file. */
export interface Place {
  /** Repository-relative. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
}

/** What turned files into objects. */
export const RENDERERS = ["plain", "kustomize", "helm"] as const;
export type RendererName = (typeof RENDERERS)[number];

export interface Origin {
  /** Repository-relative path of the file that declares the object. */
  readonly path: string;
  /** 1-based line of the document's first key. */
  readonly line: number;
  readonly renderer: RendererName;
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
