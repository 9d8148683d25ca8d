import { isJsonObject, type Json, type JsonObject } from "../../../src/model/json.ts";

export interface Marks {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** What a tool adds to an object by which to know it again. */
export type Marking = (object: JsonObject) => Marks;

export function marked(object: JsonObject, marking: Marking): JsonObject {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const { annotations, labels } = marking(object);
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(annotations === undefined
        ? {}
        : { annotations: { ...entries(metadata.annotations), ...annotations } }),
      ...(labels === undefined ? {} : { labels: { ...entries(metadata.labels), ...labels } }),
    },
  };
}

/** Argo CD since 3.0. */
export const trackingId: Marking = ({ metadata }) => {
  const { namespace, name } = entries(metadata);
  return {
    annotations: {
      "argocd.argoproj.io/tracking-id": `shop:networking.k8s.io/Ingress:${namespace}/${name}`,
      "argocd.argoproj.io/installation-id": "prod",
    },
  };
};

/** Argo CD before 3.0. */
export const instanceLabel: Marking = () => ({ labels: { "app.kubernetes.io/instance": "shop" } });

export const kustomizationLabels: Marking = () => ({
  labels: {
    "kustomize.toolkit.fluxcd.io/name": "apps",
    "kustomize.toolkit.fluxcd.io/namespace": "flux-system",
  },
});

export const helmMarks: Marking = ({ metadata }) => ({
  annotations: {
    "meta.helm.sh/release-name": "shop",
    "meta.helm.sh/release-namespace": String(entries(metadata).namespace),
  },
  labels: { "app.kubernetes.io/managed-by": "Helm" },
});

/** Flux's helm-controller marks as Helm does, and as Flux. */
export const releaseLabels: Marking = (object) => {
  const { annotations, labels } = helmMarks(object);
  return {
    annotations: { ...annotations },
    labels: {
      ...labels,
      "helm.toolkit.fluxcd.io/name": "shop",
      "helm.toolkit.fluxcd.io/namespace": "flux-system",
    },
  };
};

function entries(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
