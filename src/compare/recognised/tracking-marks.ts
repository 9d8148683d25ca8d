import type { Divergence } from "../../model/divergence.ts";
import { readSegment } from "../read-segment.ts";
import type { LiveFacts } from "./live-facts.ts";
import type { RecognitionRule } from "./recognition-rule.ts";

const ARGO_TRACKING_ID = "argocd.argoproj.io/tracking-id";
const ARGO_INSTALLATION_ID = "argocd.argoproj.io/installation-id";
const INSTANCE_LABEL = "app.kubernetes.io/instance";
const HELM_ANNOTATIONS = ["meta.helm.sh/release-name", "meta.helm.sh/release-namespace"];
const MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";

/**
 * The marks by which GitOps tools and Helm know their objects again. A mark counts only whole and only where it can
 * be this object's own: half a mark, or one that names another object, is a divergence.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 * @see https://github.com/helm/helm/blob/main/pkg/action/validate.go
 */
export const trackingMarkRules: readonly RecognitionRule[] = [
  {
    name: "argocd-tracking-id",
    reason: "Argo CD marks an object that it manages with an annotation that names this very object.",
    recognises: (divergence, facts) => {
      const annotation = addedKey(divergence, "annotations");
      const isMark = annotation === ARGO_TRACKING_ID || annotation === ARGO_INSTALLATION_ID;
      return isMark && trackingApplication(facts) !== null;
    },
  },
  {
    name: "argocd-instance-label",
    reason: "Argo CD marks an object that it manages with the label of its application.",
    recognises: (divergence, facts) => {
      if (addedKey(divergence, "labels") !== INSTANCE_LABEL) return false;
      const isApplication = facts.labels.get(INSTANCE_LABEL) === trackingApplication(facts);
      return isApplication || facts.labelManagers(INSTANCE_LABEL).includes("argocd-controller");
    },
  },
  {
    name: "flux-kustomization-labels",
    reason: "Flux labels what it applies with the name and namespace of the Kustomization.",
    recognises: (divergence, { labels }) =>
      isOneOfPair(
        divergence,
        labels,
        "kustomize.toolkit.fluxcd.io/name",
        "kustomize.toolkit.fluxcd.io/namespace",
      ),
  },
  {
    name: "flux-helm-release-labels",
    reason: "Flux labels what it applies with the name and namespace of the HelmRelease.",
    recognises: (divergence, { labels }) =>
      isOneOfPair(divergence, labels, "helm.toolkit.fluxcd.io/name", "helm.toolkit.fluxcd.io/namespace"),
  },
  {
    name: "helm-release",
    reason: "Helm marks the objects of a release with two annotations and the label managed-by.",
    recognises: (divergence, { annotations, labels }) => {
      const isMark =
        HELM_ANNOTATIONS.includes(addedKey(divergence, "annotations") ?? "") ||
        addedKey(divergence, "labels") === MANAGED_BY_LABEL;
      const isWhole = HELM_ANNOTATIONS.every((annotation) => isFilled(annotations.get(annotation)));
      return isMark && isWhole && labels.get(MANAGED_BY_LABEL) === "Helm";
    },
  },
];

/**
 * The application in Argo CD's `app:group/kind:namespace/name`; null where the object has none, or one that names
 * another object: then it is the mark of a copy.
 */
export function trackingApplication({ annotations, identity }: LiveFacts): string | null {
  const [, application, named] =
    /^([^:]+):(?:networking\.k8s\.io|extensions)\/Ingress:(.*)$/s.exec(
      annotations.get(ARGO_TRACKING_ID) ?? "",
    ) ?? [];
  return application !== undefined && named === identity ? application : null;
}

function addedKey({ field, change }: Divergence, map: "annotations" | "labels"): string | null {
  const [root, name, segment, ...rest] = field;
  const isIn = root === "metadata" && name === map && segment !== undefined && rest.length === 0;
  return isIn && change === "added" ? readSegment(segment) : null;
}

function isOneOfPair(
  divergence: Divergence,
  labels: LiveFacts["labels"],
  first: string,
  second: string,
): boolean {
  const label = addedKey(divergence, "labels");
  return (label === first || label === second) && isFilled(labels.get(first)) && isFilled(labels.get(second));
}

function isFilled(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
