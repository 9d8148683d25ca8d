import { type DesiredIngress, ingressKey } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";

/** @param elsewhere The other places, as messages name them. */
export function declaredTwice(
  { id, origin }: DesiredIngress,
  elsewhere: readonly string[],
  remedy: string,
): Problem {
  return {
    path: origin.path,
    line: origin.line,
    code: "declared-twice",
    message: `Ingress ${ingressKey(id)} is declared here and at ${elsewhere.join(", ")}, and nothing says which of them the cluster follows`,
    remedy,
    level: "error",
    ingress: id,
  };
}
