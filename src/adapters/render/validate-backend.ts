import type { RawPath } from "../../model/ingress.ts";
import { type Check, childOf, invalid, stringAt } from "./check-value.ts";
import { formatRawPath } from "./format-raw-path.ts";
import { isDnsLabel, isDnsSubdomain, isPortName } from "./name-rules.ts";
import type { Finding } from "./problem-code.ts";

/** A backend names one Service and its port, or one resource. */
export function validateBackend(backend: Check): Finding[] {
  const service = childOf(backend, "service");
  const resource = childOf(backend, "resource");
  if (service !== null && resource !== null) {
    return [invalid(backend.path, "service and resource", "must have only one of them")];
  }
  if (resource !== null) return validateResource(resource);
  return service === null ? [missing(backend.path, "a service or a resource")] : validateService(service);
}

/** Service names may begin with a digit since 1.36, so the looser of the two rules is applied. */
function validateService(service: Check): Finding[] {
  const name = stringAt(service, "name");
  const isRefused = name !== "" && !isDnsLabel(name);
  return [
    ...(name === "" ? [missing([...service.path], "the Service's name")] : []),
    ...(isRefused ? [invalid([...service.path, "name"], name, "must be the name of a Service")] : []),
    ...validatePort(childOf(service, "port") ?? { value: {}, path: service.path }),
  ];
}

function validatePort(port: Check): Finding[] {
  const name = stringAt(port, "name");
  const number = childOf(port, "number")?.value ?? 0;
  if (name !== "" && number !== 0)
    return [invalid(port.path, name, "must not have a number beside the name")];
  if (name !== "") {
    const rule = "must be a port's name: at most 15 of a-z, 0-9 and single hyphens, with a letter";
    return isPortName(name) ? [] : [invalid([...port.path, "name"], name, rule)];
  }
  if (number === 0 || typeof number !== "number") return [missing(port.path, "the port's name or number")];
  if (number >= 1 && number <= 65535) return [];
  return [invalid([...port.path, "number"], number, "must be from 1 to 65535")];
}

function validateResource(resource: Check): Finding[] {
  const apiGroup = childOf(resource, "apiGroup")?.value;
  const group =
    typeof apiGroup === "string" && !isDnsSubdomain(apiGroup)
      ? [invalid([...resource.path, "apiGroup"], apiGroup, "must be a DNS name")]
      : [];
  const names = ["kind", "name"].flatMap((field) => {
    const value = stringAt(resource, field);
    if (value === "") return [missing(resource.path, `the resource's ${field}`)];
    const isRefused = value === "." || value === ".." || /[/%]/.test(value);
    return isRefused
      ? [invalid([...resource.path, field], value, "must not be or have `.`, `..`, `/` or `%`")]
      : [];
  });
  return [...group, ...names];
}

function missing(path: RawPath, what: string): Finding {
  return {
    path,
    code: "missing-backend",
    level: "error",
    message: `${formatRawPath(path)} lacks ${what}`,
    remedy: "Write backend.service with a name and a port, or backend.resource; the API server requires one.",
  };
}
