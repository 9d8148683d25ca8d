import type { FieldPath } from "../../model/field-path.ts";
import type { FieldTransition } from "../writes/field-writes.ts";
import type { FieldEvidence } from "./field-evidence.ts";

/**
 * The creation whose request named no IngressClass, and to which the API server gave the default one; null where the
 * live value is no such class.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#default-ingress-class
 */
export function filledInClass({ divergence, writes }: FieldEvidence): FieldTransition | null {
  const shown = writes?.liveWrite;
  if (shown?.kind !== "admission" || shown.webhooks.length > 0) return null;
  return isClass(divergence.field) ? shown.transition : null;
}

/** Whether the API server may have given a class that Git does not: who applies what is there owns it alone then. */
export function mayBeFilledIn({ divergence: { change, field } }: FieldEvidence): boolean {
  return change === "added" && isClass(field);
}

function isClass(field: FieldPath): boolean {
  return field.join(".") === "spec.ingressClassName";
}

/** The same as the creation asked for it: no class at all. */
export function asAskedFor(evidence: FieldEvidence, creation: FieldTransition): FieldEvidence {
  const none = { kind: "value", value: undefined } as const;
  const transition = { ...creation, after: none };
  return {
    ...evidence,
    live: none,
    writes: evidence.writes && {
      ...evidence.writes,
      liveWrite: { kind: "shown", transition, unseenWritesSince: false },
    },
  };
}
