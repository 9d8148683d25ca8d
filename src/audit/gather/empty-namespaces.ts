import { nearestName } from "../../model/nearest-name.ts";
import type { Problem } from "../../model/problem.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import type { DesiredState } from "../desired/read-desired.ts";

/**
 * Warns of each namespace asked for in which neither side has an Ingress: the API server answers for a name that does
 * not exist as for one that is empty.
 */
export function emptyNamespaces(live: LiveSnapshot, desired: DesiredState): readonly Problem[] {
  if (live.namespaces === "all") return [];
  const declared = [
    ...desired.ingresses.map(({ id }) => id),
    ...desired.problems.flatMap(({ ingress }) => ingress ?? []),
  ].map(({ namespace }) => namespace);
  const unread = live.problems.flatMap(({ ingress }) => ingress?.namespace ?? []);
  const known = new Set([...declared, ...unread, ...live.ingresses.map(({ id }) => id.namespace)]);
  return live.namespaces.filter((namespace) => !known.has(namespace)).map((name) => empty(name, [...known]));
}

function empty(namespace: string, known: readonly string[]): Problem {
  const nearest = nearestName(namespace, known);
  const hint = nearest === null ? "" : ` Did you mean ${nearest}?`;
  return {
    path: `namespace ${namespace}`,
    line: null,
    code: "namespace-empty",
    message: `Neither the cluster nor an audited manifest has an Ingress in namespace ${namespace}`,
    remedy: `Check the name given with --namespace, or with namespaces in the configuration.${hint}`,
    level: "warning",
  };
}
