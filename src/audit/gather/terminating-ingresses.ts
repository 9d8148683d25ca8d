import { deletionOf } from "../../model/deletion.ts";
import type { ComparedIngress } from "../../model/divergence.ts";
import { ingressKey } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";

/**
 * An Ingress that Git does not declare, and that is on its way out, is no divergence. It serves until its finalizers
 * are gone all the same, so the report says so.
 */
export function terminatingIngresses(compared: readonly ComparedIngress[]): readonly Problem[] {
  return compared.flatMap(({ desired, divergences, id, live }) => {
    const deletion = live === null ? null : deletionOf(live.object);
    if (deletion === null || desired !== null || divergences.length > 0) return [];
    const held = deletion.finalizers.length === 0 ? "" : ` (${deletion.finalizers.join(", ")})`;
    return [
      {
        path: ingressKey(id),
        line: null,
        code: "ingress-terminating",
        message: `Ingress ${ingressKey(id)}, which Git does not declare, was deleted at ${deletion.at} and serves until its finalizers are gone${held}`,
        remedy: "Nothing, if it goes away; what is still there an hour after its deletion is a divergence.",
        level: "warning",
        ingress: id,
      },
    ];
  });
}
