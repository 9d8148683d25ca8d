import type { ControllerRule } from "../../attribute/verdict/writer-policy.ts";
import type { FieldPath } from "../../model/field-path.ts";
import { isJsonObject, type Json } from "../../model/json.ts";

/**
 * The identities and fieldManagers of the GitOps tools in their default installation. Not among them: argocd-server,
 * which does what people click.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/ and https://fluxcd.io/flux/installation/
 */
export const BUILT_IN_DEPLOYERS = {
  users: [
    "system:serviceaccount:argocd:argocd-application-controller",
    "system:serviceaccount:openshift-gitops:openshift-gitops-argocd-application-controller",
    "system:serviceaccount:flux-system:kustomize-controller",
    "system:serviceaccount:flux-system:helm-controller",
  ],
  fieldManagers: [
    "argocd-controller",
    "argocd-application-controller",
    "kustomize-controller",
    "helm-controller",
  ],
} as const;

/**
 * Controllers that are known to write to Ingress objects, by their users in a default installation: whoever may make
 * service accounts elsewhere could give one any name. Other installations are a matter of configuration.
 *
 * @see https://cert-manager.io/docs/usage/ingress/ and https://kubernetes-sigs.github.io/aws-load-balancer-controller/
 */
export const BUILT_IN_CONTROLLERS: readonly ControllerRule[] = [
  {
    name: "cert-manager-http01-edit-in-place",
    reason: "cert-manager adds a path for its HTTP-01 challenge to this Ingress and takes it away again.",
    covers: (_id, field) => isAcmeField(field),
    isUser: isCertManager,
    isManager: isCertManagerProgram,
    isOwnValue: isSolverPath,
  },
  {
    name: "cert-manager-http01-solver",
    reason: "cert-manager makes a temporary Ingress to solve its HTTP-01 challenge.",
    covers: (id, field, owners) =>
      field.length === 0 &&
      id.name.startsWith("cm-acme-http-solver-") &&
      owners.some((owner) => owner.startsWith("Challenge/")),
    isUser: isCertManager,
    isManager: isCertManagerProgram,
  },
  {
    name: "cert-manager-annotations",
    reason: "cert-manager keeps its own notes in annotations of this Ingress.",
    covers: (_id, field) => isEntry(field, "annotations", /^(?:acme\.)?cert-manager\.io\//),
    isUser: isCertManager,
    isManager: isCertManagerProgram,
  },
  {
    name: "aws-load-balancer-controller-finalizer",
    reason: "The AWS Load Balancer Controller holds the Ingress until its load balancer is cleaned up.",
    covers: (_id, field) =>
      isEntry(field, "finalizers", /^(?:ingress\.k8s\.aws\/resources|group\.ingress\.k8s\.aws\/.+)$/),
    isUser: (user) => /^system:serviceaccount:kube-system:aws-load-balancer-controller$/.test(user),
    isManager: (manager) => manager === "controller" || manager.startsWith("aws-load-balancer-controller"),
  },
];

function isCertManager(user: string): boolean {
  return /^system:serviceaccount:cert-manager:cert-manager(?:-[^:]+)?$/.test(user);
}

function isCertManagerProgram(manager: string): boolean {
  return /^cert-manager(?:-|$)/.test(manager);
}

function isAcmeField(field: FieldPath): boolean {
  return field.some((segment) => segment.startsWith('[path="/.well-known/acme-challenge/'));
}

/** cert-manager names its solvers' services so; nothing else has a reason to send a path there. */
function isSolverPath(path: Json | undefined): boolean {
  const backend = isJsonObject(path) ? path.backend : undefined;
  const service = isJsonObject(backend) ? backend.service : undefined;
  const name = isJsonObject(service) ? service.name : undefined;
  return typeof name === "string" && name.startsWith("cm-acme-http-solver-");
}

function isEntry(field: FieldPath, map: string, key: RegExp): boolean {
  const [metadata, name, entry] = field;
  if (metadata !== "metadata" || name !== map || entry === undefined) return false;
  return key.test(entry.replace(/^\["/, "").replace(/"\](?:#\d+)?$/, ""));
}
