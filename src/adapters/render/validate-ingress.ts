import type { IngressObject, RawPath } from "../../model/ingress.ts";
import type { Json } from "../../model/json.ts";
import { type Check, childOf, invalid, itemsOf, stringAt } from "./check-value.ts";
import { isDnsSubdomain, isIpAddress, isWildcardSubdomain } from "./name-rules.ts";
import type { Finding } from "./problem-code.ts";
import { validateBackend } from "./validate-backend.ts";
import { validateMetadata } from "./validate-metadata.ts";

export interface ValidationOptions {
  /** `v1beta1` let pass what `v1` refuses: any `secretName`, and any rule value under a wildcard host. */
  readonly isV1beta1: boolean;
}

/**
 * What the API server refuses in a decoded v1 Ingress, whatever the cluster's version: an object with such a finding
 * cannot have been applied as it is written. What only some versions refuse is no finding.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/networking/validation/validation.go
 */
export function validateIngress(ingress: IngressObject, options: ValidationOptions): Finding[] {
  const spec: Check = { value: ingress.spec ?? {}, path: ["spec"] };
  return [
    ...validateMetadata({ value: ingress.metadata ?? {}, path: ["metadata"] }),
    ...validatePresence(spec),
    ...validateBackendIfAny(childOf(spec, "defaultBackend")),
    ...itemsOf(childOf(spec, "rules")).flatMap((rule) => validateRule(rule, options)),
    ...itemsOf(childOf(spec, "tls")).flatMap((tls) => validateTls(tls, options)),
    ...validateClassName(childOf(spec, "ingressClassName")),
  ];
}

function validatePresence(spec: Check): Finding[] {
  const hasRules = itemsOf(childOf(spec, "rules")).length > 0;
  if (hasRules || childOf(spec, "defaultBackend") !== null) return [];
  return [
    {
      path: spec.path,
      code: "missing-backend",
      level: "error",
      message: "The Ingress has neither rules nor a defaultBackend",
      remedy: "Add spec.rules or spec.defaultBackend; the API server refuses an Ingress with neither.",
    },
  ];
}

function validateBackendIfAny(backend: Check | null): Finding[] {
  return backend === null ? [] : validateBackend(backend);
}

function validateRule(rule: Check, options: ValidationOptions): Finding[] {
  const host = stringAt(rule, "host");
  const isLenient = options.isV1beta1 && host.includes("*");
  const http = childOf(rule, "http");
  return [
    ...(host === "" ? [] : validateHost(host, [...rule.path, "host"])),
    ...(http === null || isLenient ? [] : validateHttp(http)),
  ];
}

function validateHost(host: string, path: RawPath): Finding[] {
  if (isIpAddress(host)) return [invalid(path, host, "must be a DNS name, not an IP address")];
  if (host.includes("*")) {
    if (isWildcardSubdomain(host)) return [];
    return [invalid(path, host, "must be `*.` and a DNS name where it has a wildcard")];
  }
  return isDnsSubdomain(host)
    ? []
    : [invalid(path, host, "must be a DNS name in lower case, without port or path")];
}

function validateHttp(http: Check): Finding[] {
  const paths = itemsOf(childOf(http, "paths"));
  if (paths.length > 0) return paths.flatMap(validatePath);
  return [
    {
      path: http.path,
      code: "missing-backend",
      level: "error",
      message: "The rule's http has no paths",
      remedy: "Add at least one path with its backend.",
    },
  ];
}

const PATH_TYPES = ["Exact", "Prefix", "ImplementationSpecific"];

function validatePath(path: Check): Finding[] {
  const pathType = stringAt(path, "pathType");
  if (pathType === "" && childOf(path, "pathType") === null) return [missingPathType(path.path)];
  const backend = childOf(path, "backend") ?? { value: {}, path: path.path };
  return [
    ...(PATH_TYPES.includes(pathType)
      ? validatePathText(stringAt(path, "path"), pathType, [...path.path, "path"])
      : [invalid([...path.path, "pathType"], pathType, `must be one of ${PATH_TYPES.join(", ")}`)]),
    ...validateBackend(backend),
  ];
}

function missingPathType(path: RawPath): Finding {
  return {
    path,
    code: "missing-path-type",
    level: "error",
    message: "The path has no pathType, which networking.k8s.io/v1 requires",
    remedy: "Add pathType: Prefix, Exact or ImplementationSpecific.",
  };
}

function validatePathText(text: string, pathType: string, path: RawPath): Finding[] {
  if (pathType === "ImplementationSpecific") {
    return text === "" || text.startsWith("/") ? [] : [invalid(path, text, "must begin with `/`")];
  }
  if (!text.startsWith("/"))
    return [invalid(path, text, `must begin with \`/\` where pathType is ${pathType}`)];
  const refused =
    ["//", "/./", "/../", "%2f", "%2F"].find((sequence) => text.includes(sequence)) ??
    ["/..", "/."].find((suffix) => text.endsWith(suffix));
  return refused === undefined
    ? []
    : [invalid(path, text, `must not have \`${refused}\` where pathType is ${pathType}`)];
}

function validateTls(tls: Check, options: ValidationOptions): Finding[] {
  const hosts = itemsOf(childOf(tls, "hosts")).flatMap(({ value, path }) => validateTlsHost(value, path));
  const secretName = stringAt(tls, "secretName");
  const isRefused = secretName !== "" && !options.isV1beta1 && !isDnsSubdomain(secretName);
  return [
    ...hosts,
    ...(isRefused
      ? [invalid([...tls.path, "secretName"], secretName, "must be a DNS name in lower case")]
      : []),
  ];
}

function validateTlsHost(host: Json, path: RawPath): Finding[] {
  if (typeof host !== "string") return [];
  const isValid = host.includes("*") ? isWildcardSubdomain(host) : isDnsSubdomain(host);
  return isValid ? [] : [invalid(path, host, "must be a DNS name in lower case, or `*.` and one")];
}

function validateClassName(name: Check | null): Finding[] {
  if (name === null || typeof name.value !== "string" || isDnsSubdomain(name.value)) return [];
  return [invalid(name.path, name.value, "must be a DNS name in lower case")];
}
