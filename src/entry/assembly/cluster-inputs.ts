import path from "node:path";
import type { Readable } from "node:stream";
import { auditLogFiles } from "../../adapters/audit-log/audit-log-files.ts";
import { apiReader } from "../../adapters/kubernetes/api-reader.ts";
import { snapshotReader } from "../../adapters/kubernetes/snapshot-reader.ts";
import { AuditError } from "../../model/audit-error.ts";
import type { ClusterConfiguration } from "../../model/configuration.ts";
import type { AuditTrail } from "../../ports/audit-trail.ts";
import type { ClusterReader } from "../../ports/cluster-reader.ts";
import type { OwnRepository } from "./open-own.ts";
import { namespacesOf, type SourceOptions } from "./source-options.ts";

/** @param gitOps Whether the GitOps tools' objects are wanted too. */
export function clusterReader(
  options: SourceOptions,
  cluster: ClusterConfiguration | null,
  gitOps: boolean,
  { stdin }: { readonly stdin: Readable },
): ClusterReader {
  const asked = namespacesOf(options);
  const namespaces =
    asked === "all" && options.allNamespaces !== true ? (cluster?.namespaces ?? "all") : asked;
  if (options.snapshot !== undefined) return snapshotReader({ path: options.snapshot, namespaces, stdin });
  const context = options.context ?? cluster?.context ?? undefined;
  return apiReader({
    namespaces,
    gitOps,
    ...(options.kubeconfig === undefined ? {} : { kubeconfig: options.kubeconfig }),
    ...(context === undefined ? {} : { context }),
  });
}

/**
 * The log that the command line names, from the folder that it was typed in, else the configuration's, from its
 * repository's root. A log that was given is none of another cluster.
 */
export function auditTrail(
  given: readonly string[] | undefined,
  cluster: ClusterConfiguration | null,
  own: OwnRepository,
  { stdin }: { readonly stdin: Readable },
): AuditTrail | null {
  if (given !== undefined) return auditLogFiles({ files: given, cwd: process.cwd(), stdin });
  const files = cluster?.auditLog ?? [];
  return files.length === 0 ? null : auditLogFiles({ files, cwd: rootOf(own), stdin });
}

/** Where paths of the configuration start. */
export function rootOf({ git, repo }: OwnRepository): string {
  return git.workTree ?? path.resolve(repo);
}

/** @param inputs Files; `-` is standard input. */
export function checkStdin(inputs: readonly (string | undefined)[]): void {
  const readers = inputs.filter((file) => file === "-");
  if (readers.length <= 1) return;
  throw new AuditError({
    code: "usage",
    what: 'Two inputs would be read from standard input ("-")',
    mend: "Write all but one to a file.",
  });
}
