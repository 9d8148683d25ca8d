import type { IngressId } from "../../../src/model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../src/model/json.ts";
import type { IngressModel } from "./ingress-model.ts";

export const TRACKING_ID = "argocd.argoproj.io/tracking-id";
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** The `networking.k8s.io/v1` manifest of a model. */
export function manifest(id: IngressId, model: IngressModel): JsonObject {
  const { annotations, labels, class: classes, defaultBackend, rules, tls } = model;
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: id.name,
      namespace: id.namespace,
      ...(isEmpty(labels) ? {} : { labels: sorted(labels) }),
      ...(isEmpty(annotations) ? {} : { annotations: sorted(annotations) }),
    },
    spec: {
      ...(classes.name === undefined ? {} : { ingressClassName: classes.name }),
      ...(defaultBackend.service === undefined
        ? {}
        : { defaultBackend: backend(defaultBackend.service, defaultBackend.port ?? "80") }),
      ...(isEmpty(tls) ? {} : { tls: tlsEntries(tls) }),
      rules: Object.entries(sorted(rules)).map(([host, paths]) => ({
        host,
        http: {
          paths: Object.entries(sorted(paths)).map(([key, to]) => pathEntry(key, to.service, to.port)),
        },
      })),
    },
  };
}

/** What Argo CD sends: the manifest with its own mark. */
export function deployedManifest(id: IngressId, model: IngressModel): JsonObject {
  const mark = `shop:networking.k8s.io/Ingress:${id.namespace}/${id.name}`;
  return manifest(id, { ...model, annotations: { ...model.annotations, [TRACKING_ID]: mark } });
}

/** The model of a live object; Argo CD's and kubectl's own annotations are no part of it. */
export function modelOf(object: Json): IngressModel {
  const metadata = child(object, "metadata");
  const spec = child(object, "spec");
  const className = child(spec, "ingressClassName");
  const annotations = strings(child(metadata, "annotations"));
  return {
    annotations: Object.fromEntries(
      Object.entries(annotations).filter(([key]) => key !== TRACKING_ID && key !== LAST_APPLIED),
    ),
    labels: strings(child(metadata, "labels")),
    class: typeof className === "string" ? { name: className } : {},
    defaultBackend: isJsonObject(child(spec, "defaultBackend"))
      ? backendOf(child(spec, "defaultBackend"))
      : {},
    rules: Object.fromEntries(
      list(child(spec, "rules")).map((rule) => [
        text(child(rule, "host")),
        pathsOf(child(child(rule, "http"), "paths")),
      ]),
    ),
    tls: Object.fromEntries(
      list(child(spec, "tls")).map((entry) => [
        text(child(entry, "secretName")),
        Object.fromEntries(list(child(entry, "hosts")).map((host) => [text(host), "yes"])),
      ]),
    ),
  };
}

export function hasTrackingId(object: Json): boolean {
  return typeof child(child(child(object, "metadata"), "annotations"), TRACKING_ID) === "string";
}

export function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function pathsOf(paths: Json): IngressModel["rules"][string] {
  return Object.fromEntries(
    list(paths).map((each) => [
      `${text(child(each, "pathType"))} ${text(child(each, "path"))}`,
      backendOf(child(each, "backend")),
    ]),
  );
}

function backendOf(value: Json) {
  const service = child(value, "service");
  const port = child(service, "port");
  const number = child(port, "number");
  return {
    service: text(child(service, "name")),
    port: typeof number === "number" ? String(number) : text(child(port, "name")),
  };
}

function pathEntry(key: string, service: string, port: string): JsonObject {
  const [pathType = "", path = ""] = key.split(" ");
  return { path, pathType, backend: backend(service, port) };
}

function backend(service: string, port: string): JsonObject {
  return { service: { name: service, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}

function tlsEntries(tls: IngressModel["tls"]): JsonObject[] {
  return Object.entries(sorted(tls)).map(([secretName, hosts]) => ({
    hosts: Object.keys(sorted(hosts)),
    secretName,
  }));
}

function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0;
}

function child(value: Json, key: string): Json {
  return isJsonObject(value) ? (value[key] ?? null) : null;
}

function list(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function text(value: Json): string {
  return typeof value === "string" ? value : "";
}

function strings(value: Json): Record<string, string> {
  return isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, text(each)]))
    : {};
}
