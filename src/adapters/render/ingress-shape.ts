import {
  any,
  boolean,
  int32,
  int64,
  integerOrString,
  list,
  nullable,
  nullableString,
  nullableStringMap,
  object,
  type Shape,
  string,
  stringMap,
} from "./object-shape.ts";

/** @see https://github.com/kubernetes/apimachinery/blob/v0.36.3/pkg/apis/meta/v1/types.go ObjectMeta */
const metadata = object({
  name: string,
  generateName: string,
  namespace: string,
  selfLink: string,
  uid: string,
  resourceVersion: string,
  generation: int64,
  creationTimestamp: string,
  deletionTimestamp: string,
  deletionGracePeriodSeconds: int64,
  labels: nullable(nullableStringMap),
  annotations: stringMap,
  ownerReferences: nullable(
    list(
      object({
        apiVersion: string,
        kind: string,
        name: string,
        uid: string,
        controller: boolean,
        blockOwnerDeletion: boolean,
      }),
    ),
  ),
  finalizers: nullable(list(string)),
  managedFields: any,
});

const resource = object({ apiGroup: string, kind: string, name: string });
const tls = nullable(list(object({ hosts: list(string), secretName: string })));

/** @see https://github.com/kubernetes/api/blob/v0.36.3/networking/v1/types.go Ingress */
export const INGRESS_V1 = ingress("defaultBackend", {
  service: object({ name: string, port: object({ name: string, number: int32 }) }),
  resource,
});

/**
 * Of `networking.k8s.io/v1beta1` and `extensions/v1beta1` alike.
 *
 * @see https://github.com/kubernetes/api/blob/v0.36.3/networking/v1beta1/types.go Ingress
 */
export const INGRESS_V1BETA1 = ingress("backend", {
  serviceName: string,
  servicePort: integerOrString,
  resource,
});

function ingress(defaultBackend: string, backendFields: Readonly<Record<string, Shape>>): Shape {
  const backend = object(backendFields);
  const path = object({ path: string, pathType: string, backend });
  return object({
    apiVersion: string,
    kind: string,
    metadata,
    spec: object({
      ingressClassName: nullableString,
      [defaultBackend]: nullable(backend),
      tls,
      rules: nullable(list(object({ host: string, http: object({ paths: list(path) }) }))),
    }),
    status: any,
  });
}
