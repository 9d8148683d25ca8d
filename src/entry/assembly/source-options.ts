import { AuditError } from "../../model/audit-error.ts";

/** Where the live objects are. */
export interface ClusterOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: readonly string[];
  readonly allNamespaces?: boolean;
}

/** Where Git, the cluster and the audit log are: what every use of the audit shares. */
export interface SourceOptions extends ClusterOptions {
  readonly repo: string;
  readonly ref?: string;
  readonly worktree?: boolean;
  readonly deepen?: boolean;
  readonly snapshot?: string;
  readonly auditLog?: readonly string[];
  readonly appliedRevision?: string;
  readonly config?: string;
  readonly cluster?: string;
  readonly color: boolean;
}

export function namespacesOf({ namespace, allNamespaces }: ClusterOptions): "all" | readonly string[] {
  if (namespace !== undefined && allNamespaces === true) {
    throw new AuditError({
      code: "usage",
      what: "--namespace and --all-namespaces exclude each other",
      mend: "Give one of them.",
    });
  }
  return namespace ?? "all";
}
