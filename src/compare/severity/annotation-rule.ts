import { type AnnotationChange, annotationIn } from "./facet-fields.ts";
import type { Facet, SeverityContext, SeverityRule } from "./severity-rule.ts";

/** A rule about one annotation that differs. */
export function annotationRule(
  name: string,
  severity: SeverityRule["severity"],
  reason: string,
  applies: (annotation: AnnotationChange, context: SeverityContext) => boolean,
): SeverityRule {
  const reasonFor = (facet: Facet, context: SeverityContext) => {
    const annotation = annotationIn(facet);
    return annotation !== null && applies(annotation, context) ? reason : null;
  };
  return { name, severity, reasonFor };
}
