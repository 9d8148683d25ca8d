import type { IngressObject, RawPath } from "../../model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";

/**
 * Convert a decoded `v1beta1` Ingress to `networking.k8s.io/v1`, as the API server converted it.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/networking/v1beta1/conversion.go
 */
export function convertV1beta1(object: JsonObject): IngressObject {
  const converted = { ...object, apiVersion: "networking.k8s.io/v1" };
  return isJsonObject(object.spec) ? { ...converted, spec: convertSpec(object.spec) } : converted;
}

function convertSpec({ backend, rules, ...rest }: JsonObject): JsonObject {
  return {
    ...rest,
    ...(isJsonObject(backend) ? { defaultBackend: convertBackend(backend) } : {}),
    ...(Array.isArray(rules) ? { rules: rules.map(convertRule) } : {}),
  };
}

function convertRule(rule: Json): Json {
  if (!isJsonObject(rule) || !isJsonObject(rule.http) || !Array.isArray(rule.http.paths)) return rule;
  return { ...rule, http: { ...rule.http, paths: rule.http.paths.map(convertPath) } };
}

/** `pathType` is the one field that v1beta1 had a default for. */
function convertPath(path: Json): Json {
  if (!isJsonObject(path)) return path;
  const { backend, pathType, ...rest } = path;
  return {
    ...rest,
    pathType: pathType ?? "ImplementationSpecific",
    ...(isJsonObject(backend) ? { backend: convertBackend(backend) } : {}),
  };
}

function convertBackend({ serviceName = "", servicePort = 0, ...rest }: JsonObject): JsonObject {
  if (serviceName === "" && servicePort === 0) return rest;
  const port = typeof servicePort === "string" ? named(servicePort) : numbered(servicePort);
  return { ...rest, service: { name: serviceName, port } };
}

function named(name: string): JsonObject {
  return name === "" ? {} : { name };
}

function numbered(number: Json): JsonObject {
  return number === 0 ? {} : { number };
}

/** Where a field of the converted object stands in the original. */
export function pathBeforeConversion(path: RawPath): RawPath {
  const [spec, second] = path;
  if (spec !== "spec") return path;
  if (second === "defaultBackend") return ["spec", "backend", ...backendPath(path.slice(2))];
  const isBackend = second === "rules" && path[3] === "http" && path[4] === "paths" && path[6] === "backend";
  return isBackend ? [...path.slice(0, 7), ...backendPath(path.slice(7))] : path;
}

function backendPath(path: RawPath): RawPath {
  if (path[0] !== "service") return path;
  return path[1] === "port" ? ["servicePort"] : ["serviceName"];
}
