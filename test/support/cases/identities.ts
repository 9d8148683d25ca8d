/** Somebody who sends requests to the API server, as the audit log shows them. */
export interface ClusterIdentity {
  readonly user: string;
  readonly groups: readonly string[];
  readonly userAgent: string;
  /** The fieldManager that the client sends. */
  readonly fieldManager: string | null;
  readonly sourceIP: string;
}

const serviceAccount = (namespace: string, name: string, fieldManager: string): ClusterIdentity => ({
  user: `system:serviceaccount:${namespace}:${name}`,
  groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"],
  userAgent: `${name}/v1.0.0 (linux/amd64) kubernetes/$Format`,
  fieldManager,
  sourceIP: "10.0.0.7",
});

const person = (name: string): ClusterIdentity => ({
  user: `${name}@example.com`,
  groups: ["developers", "system:authenticated"],
  userAgent: "kubectl/v1.36.3 (linux/amd64) kubernetes/$Format",
  fieldManager: "kubectl-edit",
  sourceIP: "192.0.2.10",
});

/** The identities that cases call by a short name. */
export const IDENTITIES: Readonly<Record<string, ClusterIdentity>> = {
  argocd: serviceAccount("argocd", "argocd-application-controller", "argocd-controller"),
  flux: serviceAccount("flux-system", "kustomize-controller", "kustomize-controller"),
  "cert-manager": serviceAccount("cert-manager", "cert-manager", "cert-manager-acmesolver"),
  aws: serviceAccount("kube-system", "aws-load-balancer-controller", "controller"),
  ci: serviceAccount("ci", "deploy-bot", "kubectl"),
  alice: person("alice"),
  bob: person("bob"),
  mallory: person("mallory"),
};

export function identityOf(by: string): ClusterIdentity {
  return IDENTITIES[by] ?? { ...person("nobody"), user: by };
}
