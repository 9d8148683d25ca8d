import { readSegment } from "../read-segment.ts";
import { annotationIn } from "./facet-fields.ts";
import type { Facet, SeverityRule } from "./severity-rule.ts";

/** Marks by which GitOps tools know their objects, or are told to leave them alone. */
export const gitopsRules: readonly SeverityRule[] = [
  {
    name: "gitops-disabled",
    severity: "high",
    reasonFor: (facet) => {
      const annotation = annotationIn(facet);
      const isOff = annotation !== null && turnsGitopsOff(annotation.name, annotation.live);
      return isOff
        ? "GitOps is told to leave this object alone, so that nothing corrects or prunes it."
        : null;
    },
  },
  {
    name: "foreign-tracking-id",
    severity: "high",
    reasonFor: (facet) => {
      const annotation = annotationIn(facet);
      const isForeign =
        annotation?.name === "argocd.argoproj.io/tracking-id" && annotation.live !== undefined;
      return isForeign && !facet.isPart
        ? "Argo CD's tracking id is not that of this object, so Argo CD takes it for a copy and does not manage it."
        : null;
    },
  },
  {
    name: "tracking-mark",
    severity: "medium",
    reasonFor: (facet) =>
      isTrackingMark(annotationIn(facet)?.name ?? labelIn(facet) ?? "")
        ? "A mark by which a GitOps tool or Helm knows its objects is incomplete, missing or not Git's."
        : null,
  },
];

function turnsGitopsOff(name: string, value: string | undefined): boolean {
  switch (name) {
    case "kustomize.toolkit.fluxcd.io/reconcile":
    case "kustomize.toolkit.fluxcd.io/prune":
    case "helm.toolkit.fluxcd.io/driftDetection":
      return value?.toLowerCase() === "disabled";
    case "kustomize.toolkit.fluxcd.io/ssa":
      return value?.toLowerCase() === "ignore" || value?.toLowerCase() === "ifnotpresent";
    case "argocd.argoproj.io/compare-options":
      return value?.includes("IgnoreExtraneous") === true;
    case "argocd.argoproj.io/sync-options":
      return value?.includes("Prune=false") === true;
    case "helm.sh/resource-policy":
      return value === "keep";
    default:
      return false;
  }
}

function labelIn({ field }: Facet): string | null {
  const [root, map, segment] = field;
  return root === "metadata" && map === "labels" && segment !== undefined ? readSegment(segment) : null;
}

function isTrackingMark(key: string): boolean {
  return (
    /^(?:argocd\.argoproj\.io|(?:kustomize|helm)\.toolkit\.fluxcd\.io|meta\.helm\.sh)\//.test(key) ||
    key === "app.kubernetes.io/managed-by"
  );
}
