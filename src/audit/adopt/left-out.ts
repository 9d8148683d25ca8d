import { AuditError } from "../../model/audit-error.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { LeftOutField } from "../../report/adoption/adoption-view.ts";
import type { Choice, Purpose } from "./choose-divergences.ts";
import { divergingField } from "./diverging-field.ts";
import type { DriftedIngress } from "./read-candidates.ts";

/** What is left out unless it is named, as reports tell it. */
export function leftOutFields({ leftOut }: Choice, { tell }: DriftedIngress): readonly LeftOutField[] {
  return leftOut.map(({ candidate, why }) => ({ divergence: tell(candidate.divergence), why }));
}

/** Where everything that differs is left out. */
export function nothingChosen(purpose: Purpose, id: IngressId, { leftOut }: Choice): AuditError {
  const { code, done, mend } = NOTHING[purpose];
  const reasons = leftOut.map(({ candidate, why }) => `${divergingField(candidate.divergence)}: ${why}`);
  return new AuditError({
    code,
    what: `Of what differs in ${ingressKey(id)}, nothing is ${done} without being named`,
    where: { "left out": reasons.join("\n") },
    mend,
  });
}

const NOTHING = {
  adopt: {
    code: "nothing-to-adopt",
    done: "adopted",
    mend: "Name the field with --field (. is the whole Ingress) to adopt it all the same.",
  },
  restore: {
    code: "nothing-to-restore",
    done: "restored",
    mend: "Deploy the audited commit where Git is ahead; else name the field with --field (. is the whole Ingress).",
  },
} as const;
