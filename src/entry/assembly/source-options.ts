import { AuditError } from "../../model/audit-error.ts";
import type { ForgeAccess } from "./github/forge-access.ts";

/** Where the live objects are. */
export interface ClusterOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: readonly string[];
  readonly allNamespaces?: boolean;
}

/** What to do about a shallow clone's missing history. */
export const DEEPEN = ["auto", "never"] as const;
export type Deepen = (typeof DEEPEN)[number];

/** Where Git, the cluster and the audit log are: what every use of the audit shares. */
export interface SourceOptions extends ClusterOptions {
  readonly repo: string;
  readonly ref?: string;
  readonly worktree?: boolean;
  /** `auto`: where it cannot be had, the audit goes on without and says so. */
  readonly deepen?: boolean | Deepen;
  readonly snapshot?: string;
  /** Those of several clusters; then each has its own `snapshot`. */
  readonly snapshots?: readonly string[];
  readonly auditLog?: readonly string[];
  /** A revision, or `github:ENVIRONMENT` for the one that GitHub has recorded as deployed there. */
  readonly appliedRevision?: string;
  readonly config?: string;
  readonly cluster?: string;
  /** Whether repositories that the configuration names by url may be fetched; it may allow that too. */
  readonly allowNetwork?: boolean;
  readonly color: boolean;
  readonly forge?: ForgeAccess;
}

/** @throws {AuditError} `usage`. */
export function namespacesOf({ namespace, allNamespaces }: ClusterOptions): "all" | readonly string[] {
  if (namespace !== undefined && allNamespaces === true) {
    throw new AuditError({
      code: "usage",
      what: "--namespace and --all-namespaces exclude each other",
      mend: "Give one of them.",
    });
  }
  // The API server would take a name with a slash for a longer path.
  const wrong = namespace?.find((name) => !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name));
  if (wrong !== undefined) throw noNamespace(wrong);
  return namespace ?? "all";
}

function noNamespace(name: string): AuditError {
  return new AuditError({
    code: "usage",
    what: `${JSON.stringify(name)} is no name of a namespace`,
    mend: "Name it as kubectl get namespaces does: lower-case letters, digits and dashes.",
  });
}
