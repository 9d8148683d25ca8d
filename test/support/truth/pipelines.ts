import type { TestUser } from "../cluster/access.ts";

/** What brings commits to a cluster, under an identity of its own. */
export interface Pipeline {
  readonly user: TestUser;
  readonly userAgent: string;
  readonly way: "server-side apply" | "kubectl apply" | "kubectl replace";
  /** The fieldManager of its server-side apply. */
  readonly fieldManager: string;
  /** Whether it deletes what it has deployed and no commit declares any more. */
  readonly prunes: boolean;
  /** Whether it leaves Argo CD's mark, by which it knows its own. */
  readonly marks: boolean;
}

export const ARGO_CD: Pipeline = {
  user: "system:serviceaccount:argocd:argocd-application-controller",
  userAgent: "argocd-application-controller/v3.0.0",
  way: "server-side apply",
  fieldManager: "argocd-controller",
  prunes: true,
  marks: true,
};

export const FLUX: Pipeline = {
  user: "system:serviceaccount:flux-system:kustomize-controller",
  userAgent: "kustomize-controller/v1.5.0",
  way: "server-side apply",
  fieldManager: "kustomize-controller",
  prunes: true,
  marks: false,
};

/** A job that runs `kubectl apply`; that it is a pipeline only a configuration says. */
export const CI: Pipeline = {
  user: "ci-deployer",
  userAgent: "kubectl/v1.36.3 (linux/amd64) kubernetes/unknown",
  way: "kubectl apply",
  fieldManager: "kubectl-client-side-apply",
  prunes: false,
  marks: false,
};

const USERS: ReadonlySet<string> = new Set([ARGO_CD, FLUX, CI].map(({ user }) => user));

export function isPipelineUser(user: unknown): boolean {
  return typeof user === "string" && USERS.has(user);
}
