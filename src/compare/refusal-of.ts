import { isJsonObject } from "../model/json.ts";
import { type KeyedIngress, type KeyedValue, keyedValueAt } from "../model/keyed-ingress.ts";

/**
 * Why the API server would refuse an Ingress that came of merging two valid ones; null where nothing of the kind shows.
 *
 * @see validateIngressBackend and ValidateIngressSpec in k8s.io/kubernetes/pkg/apis/networking/validation/validation.go
 */
export function refusalOf(ingress: KeyedIngress): string | null {
  const backend = keyedValueAt(ingress, ["spec", "defaultBackend"]);
  if (!isJsonObject(backend)) {
    const rules = keyedValueAt(ingress, ["spec", "rules"]);
    return isJsonObject(rules) && Object.keys(rules).length > 0
      ? null
      : "an Ingress needs a rule or a default backend";
  }
  const { service, resource } = backend;
  if (service !== undefined && resource !== undefined)
    return "a backend may not be a service and a resource at the same time";
  if (service === undefined) return resource === undefined ? "a backend needs a service or a resource" : null;
  return refusalOfService(service);
}

function refusalOfService(service: KeyedValue): string | null {
  if (!isJsonObject(service)) return null;
  if (service.name === undefined) return "a service backend needs a name";
  const port = isJsonObject(service.port) ? service.port : {};
  const given = [port.name, port.number].filter((each) => each !== undefined);
  if (given.length === 1) return null;
  return given.length === 0
    ? "a service backend needs a port"
    : "a port may not have a name and a number at the same time";
}
