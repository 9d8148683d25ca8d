import { ingressKey, type LiveIngress } from "../model/ingress.ts";
import { isJsonObject } from "../model/json.ts";
import type { Problem } from "../model/problem.ts";

/**
 * An Ingress that somebody has deleted stays, field for field, until its finalizers are gone: it agrees with Git and
 * is about to vanish, so the report says so.
 */
export function terminatingIngresses(ingresses: readonly LiveIngress[]): readonly Problem[] {
  return ingresses.flatMap(({ id, object }) => {
    const metadata = isJsonObject(object.metadata) ? object.metadata : {};
    if (typeof metadata.deletionTimestamp !== "string") return [];
    const finalizers = Array.isArray(metadata.finalizers) ? metadata.finalizers.join(", ") : "";
    return [
      {
        path: ingressKey(id),
        line: null,
        code: "ingress-terminating",
        message: `Ingress ${ingressKey(id)} was deleted at ${metadata.deletionTimestamp} and stays only until its finalizers are gone (${finalizers})`,
        remedy:
          "Find out who deleted it (the audit log's delete names them); it must be applied again once it is gone.",
        level: "warning",
        ingress: id,
      },
    ];
  });
}
