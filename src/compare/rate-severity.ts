import type { Divergence } from "../model/divergence.ts";
import { atLeast, type SeverityRating } from "../model/severity.ts";
import { annotationRules, injectionRules } from "./severity/annotation-rules.ts";
import { backendRules } from "./severity/backend-rules.ts";
import { classRules } from "./severity/class-rules.ts";
import { exposureRules } from "./severity/exposure-rules.ts";
import { facetsOf } from "./severity/facets-of.ts";
import { gitopsRules } from "./severity/gitops-rules.ts";
import { metadataRules } from "./severity/metadata-rules.ts";
import { objectRules } from "./severity/object-rules.ts";
import { routingRules } from "./severity/routing-rules.ts";
import type { SeverityContext, SeverityRule } from "./severity/severity-rule.ts";
import { tlsRules } from "./severity/tls-rules.ts";

export type { SeverityContext } from "./severity/severity-rule.ts";

/** Every rule; of several that apply with the same severity, the first one speaks. */
export const SEVERITY_RULES: readonly SeverityRule[] = [
  ...injectionRules,
  ...objectRules,
  ...exposureRules,
  ...routingRules,
  ...backendRules,
  ...tlsRules,
  ...classRules,
  ...gitopsRules,
  ...metadataRules,
  ...annotationRules,
];

const OTHER_FIELD: SeverityRating = {
  severity: "medium",
  rule: "other-field",
  reason: "No rule knows what this field changes.",
};

/**
 * How severe a divergence is, and by which rule: the most severe that applies to it or to anything within what one
 * side lacks.
 *
 * @see docs/severity.md
 */
export function rateSeverity(divergence: Divergence, context: SeverityContext): SeverityRating {
  const facets = facetsOf(divergence, context);
  const ratings = SEVERITY_RULES.flatMap(({ name, severity, reasonFor }) => {
    const [reason] = facets.map((facet) => reasonFor(facet, context)).filter((each) => each !== null);
    return reason === undefined ? [] : [{ severity, rule: name, reason }];
  });
  const [first = OTHER_FIELD, ...others] = ratings;
  return others.reduce((worst, rating) => (atLeast(worst.severity, rating.severity) ? worst : rating), first);
}
