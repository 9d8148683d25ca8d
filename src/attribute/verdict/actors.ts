import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { Actor, Source } from "../../model/verdict.ts";
import type { FieldOwner } from "../managed-fields.ts";
import type { ControllerRule, WriterPolicy } from "./writer-policy.ts";

/**
 * Whether a write was the pipeline's: by its own identity, or by a service account that it impersonated, as Flux does
 * for a tenant. Somebody who impersonated the pipeline stays who they are.
 *
 * @see spec.serviceAccountName in https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export function isDeployment({ impersonatedBy, user }: ClusterWrite, policy: WriterPolicy): boolean {
  if (impersonatedBy === null) return policy.isDeployerUser(user);
  const isAccount = user.startsWith("system:serviceaccount:") || policy.isDeployerUser(user);
  return isAccount && policy.isDeployerUser(impersonatedBy);
}

/** Whether a write was the controller's: likewise by its own identity. */
export function isWriteOf(rule: ControllerRule, { user, impersonatedBy }: ClusterWrite): boolean {
  return rule.isUser(user) && (impersonatedBy === null || rule.isUser(impersonatedBy));
}

export function actorOfWrite(write: ClusterWrite, policy: WriterPolicy): Actor {
  return {
    user: write.user,
    impersonatedBy: write.impersonatedBy,
    groups: write.groups,
    source: sourceOfWrite(write, policy),
    userAgent: write.userAgent,
    sourceIP: write.sourceIP,
    fieldManager: write.fieldManager,
    operation: write.verb,
    at: write.at,
    auditID: write.auditID,
  };
}

/** A program, never a person: managedFields does not say who ran it. */
export function actorOfOwner({ entry }: FieldOwner, policy: WriterPolicy): Actor {
  return {
    user: null,
    impersonatedBy: null,
    groups: [],
    source: sourceOfManager(entry.manager, policy),
    userAgent: null,
    sourceIP: null,
    fieldManager: entry.manager,
    operation: entry.operation === "" ? null : entry.operation,
    at: entry.at,
    auditID: null,
  };
}

/**
 * `alice`, or `alice as bob` where alice impersonated bob. Begins a sentence.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/architecture/ for what Argo CD's API server does
 */
export function nameOfWriter({ impersonatedBy, user }: ClusterWrite): string {
  if (impersonatedBy !== null) return `${impersonatedBy} as ${user}`;
  return ARGO_CD_SERVERS.has(user) ? `Somebody through Argo CD's UI or API (${user})` : user;
}

/** These write what people click, under their own name. */
const ARGO_CD_SERVERS: ReadonlySet<string> = new Set([
  "system:serviceaccount:argocd:argocd-server",
  "system:serviceaccount:openshift-gitops:openshift-gitops-argocd-server",
]);

function sourceOfWrite(write: ClusterWrite, policy: WriterPolicy): Source {
  if (isDeployment(write, policy)) return "gitops";
  if (policy.controllerRules.some((rule) => isWriteOf(rule, write))) return "controller";
  return /^(?:kubectl|oc|helm|k9s)\b/i.test(write.userAgent ?? "") ? "cli" : "api";
}

function sourceOfManager(manager: string, policy: WriterPolicy): Source | null {
  if (policy.isDeployerManager(manager)) return "gitops";
  if (policy.controllerRules.some((rule) => rule.isManager(manager))) return "controller";
  return /^(?:kubectl(?:-|$)|oc(?:-|$)|helm$|k9s$)/.test(manager) ? "cli" : null;
}
