import type { DesiredIngress } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";

/** Only what the cluster was read for can be missing from it: other namespaces' manifests are left out. */
export function desiredWithin(
  desired: readonly DesiredIngress[],
  namespaces: LiveSnapshot["namespaces"],
): readonly DesiredIngress[] {
  if (namespaces === "all") return desired;
  return desired.filter(({ id }) => namespaces.includes(id.namespace));
}

/** Problems of objects that are known to lie outside do not concern the audit; those of unknown objects do. */
export function problemsWithin(
  problems: readonly Problem[],
  namespaces: LiveSnapshot["namespaces"],
): readonly Problem[] {
  if (namespaces === "all") return problems;
  return problems.filter(({ ingress }) => ingress === undefined || namespaces.includes(ingress.namespace));
}
