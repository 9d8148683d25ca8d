import { AuditError } from "../../model/audit-error.ts";
import type { ClusterConfiguration, Configuration } from "../../model/configuration.ts";
import type { SourceOptions } from "./source-options.ts";

/**
 * The cluster that is audited; null where the configuration names none.
 *
 * @throws {AuditError} `cluster-unknown`, `cluster-not-chosen`.
 */
export function chooseCluster(
  { clusters }: Configuration,
  options: Pick<SourceOptions, "cluster" | "context">,
): ClusterConfiguration | null {
  const names = clusters.map(({ name }) => name).join(", ");
  if (options.cluster !== undefined) {
    const chosen = clusters.find(({ name }) => name === options.cluster);
    if (chosen === undefined) throw unknownCluster(options.cluster, names);
    return chosen;
  }
  const byContext = clusters.find(({ context }) => context !== null && context === options.context);
  if (byContext !== undefined) return byContext;
  const [only, ...others] = clusters;
  if (others.length === 0) return only ?? null;
  throw new AuditError({
    code: "cluster-not-chosen",
    what: `The configuration names several clusters (${names})`,
    mend: "Choose one with --cluster; audit and sources take several, or --all-clusters.",
  });
}

export function unknownCluster(name: string, names: string): AuditError {
  return new AuditError({
    code: "cluster-unknown",
    what: `The configuration names no cluster ${name}`,
    mend: names === "" ? "Add it under clusters, or leave --cluster out." : `Choose one of ${names}.`,
  });
}
