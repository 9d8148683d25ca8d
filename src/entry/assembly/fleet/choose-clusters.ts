import { AuditError } from "../../../model/audit-error.ts";
import type { ClusterConfiguration, Configuration } from "../../../model/configuration.ts";
import { chooseCluster, unknownCluster } from "../choose-cluster.ts";
import type { SourceOptions } from "../source-options.ts";

/** Which clusters are audited. */
export interface ClusterChoice extends Pick<SourceOptions, "context"> {
  /** By name; those of the configuration, once each. */
  readonly clusters?: readonly string[];
  readonly allClusters?: boolean;
}

/** Whether there is more to audit than one repository against one cluster. */
export function isFleet(
  { repositories }: Configuration,
  { clusters = [], allClusters }: ClusterChoice,
): boolean {
  return repositories.length > 0 || allClusters === true || clusters.length > 1;
}

/**
 * The chosen clusters, in the configuration's order.
 *
 * @returns A single null where the configuration names no cluster: then it is the kubeconfig's.
 * @throws {AuditError} `cluster-unknown`, `cluster-not-chosen`, `usage`.
 */
export function chooseClusters(
  configuration: Configuration,
  { clusters: names = [], allClusters = false, context }: ClusterChoice,
): readonly (ClusterConfiguration | null)[] {
  const all = configuration.clusters;
  if (allClusters && names.length > 0) {
    throw new AuditError({
      code: "usage",
      what: "--cluster and --all-clusters exclude each other",
      mend: "Give one of them.",
    });
  }
  const known = all.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownCluster(unknown, known.join(", "));
  if (allClusters && all.length === 0) {
    throw new AuditError({
      code: "cluster-unknown",
      what: "The configuration names no clusters",
      mend: "Add them under clusters in .ingress-audit.yaml, or leave --all-clusters out.",
    });
  }
  const chosen = allClusters ? all : all.filter(({ name }) => names.includes(name));
  if (chosen.length === 0) return [chooseCluster(configuration, context === undefined ? {} : { context })];
  if (context !== undefined && chosen.length > 1) {
    throw new AuditError({
      code: "usage",
      what: "--context names one cluster, and several are audited",
      mend: "Give each cluster its context in .ingress-audit.yaml.",
    });
  }
  return chosen;
}
