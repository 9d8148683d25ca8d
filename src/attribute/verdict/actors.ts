import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { Actor, Source } from "../../model/verdict.ts";
import type { FieldOwner } from "../managed-fields.ts";
import type { ControllerRule, WriterPolicy } from "./writer-policy.ts";

/** Whether a write was the pipeline's: by its own identity, not by somebody who impersonated it. */
export function isDeployment(write: ClusterWrite, policy: WriterPolicy): boolean {
  return (
    policy.isDeployerUser(write.user) &&
    (write.impersonatedBy === null || policy.isDeployerUser(write.impersonatedBy))
  );
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

/** `alice`, or `alice as bob` where alice impersonated bob. */
export function nameOfWriter(write: ClusterWrite): string {
  return write.impersonatedBy === null ? write.user : `${write.impersonatedBy} as ${write.user}`;
}

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
