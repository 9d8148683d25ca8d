import { AuditError } from "../../model/audit-error.ts";
import { mapBounded } from "../../model/map-bounded.ts";
import type { ClusterReader, LiveSnapshot } from "../../ports/cluster-reader.ts";
import { type FoundSources, runSources } from "../run-sources.ts";
import type { FleetCluster } from "./fleet.ts";
import { foreseen } from "./foreseen.ts";
import { type KnownMember, knownMembers, neighboursOf } from "./known-member.ts";

/** What one repository of one cluster is rendered with, or why that is not known. */
export type FleetSources =
  | {
      readonly kind: "found";
      readonly cluster: string;
      readonly repository: string;
      readonly found: FoundSources;
    }
  | {
      readonly kind: "failed";
      readonly cluster: string;
      /** null where the cluster itself could not be read. */
      readonly repository: string | null;
      readonly error: AuditError;
    };

export interface FleetSourcesOptions {
  /** Whether the clusters are asked for their GitOps objects. */
  readonly isLive: boolean;
  readonly signal: AbortSignal;
}

/** Clusters, and repositories of each. */
const AT_ONCE = 4;

/** The sources of every repository of every cluster, in their order; nothing is rendered. */
export async function fleetSources(
  clusters: readonly FleetCluster[],
  { isLive, signal }: FleetSourcesOptions,
): Promise<readonly FleetSources[]> {
  const all = await mapBounded(clusters, AT_ONCE, (cluster) => sourcesOfCluster(cluster, isLive, signal));
  return all.flat();
}

async function sourcesOfCluster(
  { name: cluster, cluster: reader, members }: FleetCluster,
  isLive: boolean,
  signal: AbortSignal,
): Promise<readonly FleetSources[]> {
  try {
    const live = isLive ? await readIfThere(reader, signal) : null;
    const known = knownMembers(members);
    return await mapBounded(known, AT_ONCE, (member) =>
      sourcesOfMember(cluster, member, known, { live, signal }),
    );
  } catch (error) {
    return [{ kind: "failed", cluster, repository: null, error: foreseen(error, signal) }];
  }
}

async function sourcesOfMember(
  cluster: string,
  { repository, open }: KnownMember,
  members: readonly KnownMember[],
  { live, signal }: { readonly live: LiveSnapshot | null; readonly signal: AbortSignal },
): Promise<FleetSources> {
  try {
    const { request, ports } = await open();
    const found = await runSources(
      request,
      { ...ports, neighbours: neighboursOf(repository, members) },
      live,
    );
    return { kind: "found", cluster, repository, found };
  } catch (error) {
    return { kind: "failed", cluster, repository, error: foreseen(error, signal) };
  }
}

/** Without a kubeconfig there is no cluster to ask, and Git still tells much. */
export async function readIfThere(reader: ClusterReader, signal: AbortSignal): Promise<LiveSnapshot | null> {
  try {
    return await reader.read(signal);
  } catch (error) {
    if (error instanceof AuditError && error.code === "kubeconfig-missing") return null;
    throw error;
  }
}
