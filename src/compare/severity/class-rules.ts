import { annotationIn } from "./facet-fields.ts";
import type { SeverityRule } from "./severity-rule.ts";

export const classRules: readonly SeverityRule[] = [
  {
    name: "ingress-class-changed",
    severity: "high",
    reasonFor: (facet) => {
      const isField = facet.field.join(".") === "spec.ingressClassName";
      const isAnnotation = annotationIn(facet)?.name === "kubernetes.io/ingress.class";
      return (isField || isAnnotation) && !facet.isPart
        ? "Another controller serves the Ingress than Git asks for, perhaps a public one."
        : null;
    },
  },
];
