import type { IngressId } from "../../../src/model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../src/model/json.ts";
import { type IngressModel, inOrder, pathsOf, rulesOf } from "./ingress-model.ts";

export const TRACKING_ID = "argocd.argoproj.io/tracking-id";
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** The `networking.k8s.io/v1` manifest of a model. */
export function manifest(id: IngressId, model: IngressModel): JsonObject {
  const { annotations, labels, class: classes, defaultBackend, finalizers, tls } = model;
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: id.name,
      namespace: id.namespace,
      ...(isEmpty(labels) ? {} : { labels: sorted(labels) }),
      ...(isEmpty(annotations) ? {} : { annotations: sorted(annotations) }),
      ...(isEmpty(finalizers) ? {} : { finalizers: Object.keys(sorted(finalizers)) }),
    },
    spec: {
      ...(classes.name === undefined ? {} : { ingressClassName: classes.name }),
      ...(defaultBackend.service === undefined
        ? {}
        : { defaultBackend: backend(defaultBackend.service, defaultBackend.port ?? "80") }),
      ...(isEmpty(tls) ? {} : { tls: tlsEntries(tls) }),
      rules: rulesOf(model).map(([host]) => ({
        host,
        http: { paths: pathsOf(model, host).map(([key, to]) => pathEntry(key, to.service, to.port)) },
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
  const rules = list(child(spec, "rules")).map((rule) => ({
    host: text(child(rule, "host")),
    paths: list(child(child(rule, "http"), "paths")),
  }));
  return {
    annotations: Object.fromEntries(
      Object.entries(annotations).filter(([key]) => key !== TRACKING_ID && key !== LAST_APPLIED),
    ),
    labels: strings(child(metadata, "labels")),
    class: typeof className === "string" ? { name: className } : {},
    defaultBackend: isJsonObject(child(spec, "defaultBackend"))
      ? backendOf(child(spec, "defaultBackend"))
      : {},
    rules: Object.fromEntries(rules.map(({ host, paths }) => [host, backendsOf(paths)])),
    tls: Object.fromEntries(
      list(child(spec, "tls")).map((entry) => [
        text(child(entry, "secretName")),
        Object.fromEntries(list(child(entry, "hosts")).map((host) => [text(host), "yes"])),
      ]),
    ),
    finalizers: Object.fromEntries(list(child(metadata, "finalizers")).map((name) => [text(name), "yes"])),
    order: Object.fromEntries([
      ...reversed(
        "rules",
        rules.map(({ host }) => host),
      ),
      ...rules.flatMap(({ host, paths }) => reversed(`paths ${host}`, paths.map(pathKey))),
    ]),
    server: typeof child(metadata, "deletionTimestamp") === "string" ? { deletion: "yes" } : {},
  };
}

/**
 * @throws {Error} Where the list is in neither order: then something else than the story has written it.
 */
function reversed(list: string, keys: readonly string[]): [string, string][] {
  const ascending = inOrder(Object.fromEntries(keys.map((key) => [key, true])), false).map(([key]) => key);
  if (keys.join() === ascending.join()) return [];
  if (keys.join() !== ascending.toReversed().join())
    throw new Error(`${list} is in no order: ${keys.join(", ")}`);
  return [[list, "reversed"]];
}

export function hasTrackingId(object: Json): boolean {
  return typeof child(child(child(object, "metadata"), "annotations"), TRACKING_ID) === "string";
}

export function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function backendsOf(paths: readonly Json[]): IngressModel["rules"][string] {
  return Object.fromEntries(paths.map((each) => [pathKey(each), backendOf(child(each, "backend"))]));
}

function pathKey(entry: Json): string {
  return `${text(child(entry, "pathType"))} ${text(child(entry, "path"))}`;
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
