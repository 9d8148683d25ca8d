import type { ClusterConfiguration, Configuration } from "../../../model/configuration.ts";
import { given } from "../given.ts";
import type { SourceOptions } from "../source-options.ts";
import { filesByCluster } from "./files-by-cluster.ts";

/**
 * Options whose snapshot and audit logs are those of the one cluster that is looked at, whether they say `NAME=FILE`, as
 * where there are several, or `FILE`. Of snapshots that are given again, the last one counts.
 *
 * @throws {AuditError} `usage`.
 */
export function filesOfOne<Options extends SourceOptions>(
  options: Options,
  cluster: ClusterConfiguration | null,
  { clusters }: Configuration,
): Options {
  if (cluster === null) return options;
  const { snapshot, snapshots = [], auditLog, ...rest } = options;
  const names = { chosen: [cluster.name], known: clusters.map(({ name }) => name) };
  const filesOf = (option: string, files: readonly string[]) =>
    filesByCluster(option, files, names).get(cluster.name);
  const live = filesOf("--snapshot", [...(snapshot === undefined ? [] : [snapshot]), ...snapshots]);
  const logs = filesOf("--audit-log", auditLog ?? []);
  return { ...rest, ...given({ snapshot: live?.at(-1), auditLog: logs }) } as unknown as Options;
}
