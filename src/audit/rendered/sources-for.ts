import type { Destination, DiscoveredSource } from "../../model/discovery.ts";
import type { Problem } from "../../model/problem.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import type { AuditRequest } from "../audit-request.ts";

export interface SourcesFor {
  readonly sources: readonly DiscoveredSource[];
  /** Whether others may go into it too, because nothing says which of several clusters it is. */
  readonly isUndecided: boolean;
  readonly problems: readonly Problem[];
}

/**
 * Of the discovered sources, those that go into the audited cluster. A destination that names no cluster, or the tool's
 * own, is taken for it; another one by its name or its server's address. Where all go to one and the same other
 * cluster, that one is meant, unless the configuration has it as another.
 */
export function sourcesFor(
  sources: readonly DiscoveredSource[],
  { clusterName, destinations, otherDestinations = [] }: AuditRequest,
  { cluster, server }: Pick<LiveSnapshot, "cluster" | "server">,
): SourcesFor {
  const names = new Set([clusterName, cluster, ...destinations].filter((name) => name !== null));
  const isNamed = ({ destination }: DiscoveredSource) =>
    (destination.name !== null && names.has(destination.name)) ||
    (destination.server !== null && (names.has(destination.server) || destination.server === server));
  const isOwn = ({ destination }: DiscoveredSource) => isToolsOwn(destination);
  const isAnother = ({ destination: { name, server } }: DiscoveredSource) =>
    otherDestinations.some((each) => each === name || each === server);
  const others = sources.filter((each) => !isNamed(each) && !isOwn(each));
  const elsewhere = new Set(others.map(({ destination }) => destination.name ?? destination.server));
  const hasOwn = sources.length > others.length;
  if (!hasOwn && elsewhere.size === 1 && !others.some(isAnother))
    return { sources, isUndecided: false, problems: [] };
  // Who names destinations has said it.
  const isUndecided = !hasOwn && destinations.length === 0 && others.some((each) => !isAnother(each));
  return {
    sources: sources.filter((each) => !others.includes(each)),
    isUndecided,
    problems: others.length === 0 ? [] : [otherClusters(others.length, [...elsewhere], isUndecided)],
  };
}

/** Where the GitOps tool itself runs. */
function isToolsOwn({ name, server }: Destination): boolean {
  if (name === null && server === null) return true;
  return name === "in-cluster" || server === "https://kubernetes.default.svc";
}

function otherClusters(count: number, names: readonly (string | null)[], isUndecided: boolean): Problem {
  const list = names
    .filter((name) => name !== null)
    .slice(0, 5)
    .join(", ");
  return {
    path: "sources",
    line: null,
    code: "other-clusters",
    message: isUndecided
      ? `Nothing says which of the clusters (${list}) that ${count} sources go to this one is, so what it holds and no manifest declares is not audited`
      : `${count === 1 ? "One source goes" : `${count} sources go`} to other clusters (${list}) and ${count === 1 ? "is" : "are"} not audited`,
    remedy: "If one of them is this cluster, say so with destinations of the cluster in .ingress-audit.yaml.",
    level: isUndecided ? "error" : "warning",
  };
}
