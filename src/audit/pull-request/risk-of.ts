import { rateSeverity, type SeverityContext } from "../../compare/rate-severity.ts";
import { changeReason } from "../../compare/severity/change-reasons.ts";
import type { Divergence } from "../../model/divergence.ts";
import type { KeyedIngress } from "../../model/keyed-ingress.ts";
import type { ReviewedRisk } from "../../report/pull-request/pull-request-review.ts";
import { redactText } from "../../report/redact.ts";

/** How much more is exposed after a change than before it. */
export function riskOf(
  change: Divergence,
  before: KeyedIngress | null,
  after: KeyedIngress | null,
  { id, claims }: Pick<SeverityContext, "id" | "claims">,
): ReviewedRisk {
  const rating = rateSeverity(change, { id, desired: before, live: after, claims });
  return { severity: rating.severity, rule: rating.rule, reason: redactText(changeReason(rating)) };
}
