import {
  type ClusterConfiguration,
  type Configuration,
  isOwnPath,
  type RepositoryConfiguration,
  type SourceConfiguration,
} from "../../model/configuration.ts";

/** A repository that a cluster is deployed from, and what of it. */
export interface DeployedRepository {
  /** null for the configuration's own, where it lists none. */
  readonly repository: RepositoryConfiguration | null;
  /** Whether it is the configuration's own. */
  readonly isOwn: boolean;
  readonly sources: readonly SourceConfiguration[];
  /** Whether further sources are looked for. */
  readonly discover: boolean;
}

/**
 * The repositories of a cluster, in the configuration's order: those that its sources name, and all of them where it has
 * no sources of its own.
 *
 * @param cluster null where the configuration names no cluster.
 */
export function repositoriesOf(
  cluster: ClusterConfiguration | null,
  configuration: Configuration,
): readonly DeployedRepository[] {
  const { repositories } = configuration;
  const listed = repositories.length === 0 ? [null] : repositories;
  return listed.flatMap((repository) => deployed(repository, cluster, configuration) ?? []);
}

/** All sources of the configuration's own repository, whichever cluster they are for. */
export function ownSources(configuration: Configuration): readonly SourceConfiguration[] {
  const ofClusters = [null, ...configuration.clusters].flatMap((cluster) =>
    repositoriesOf(cluster, configuration).flatMap(({ isOwn, sources }) => (isOwn ? sources : [])),
  );
  return [...new Set([...configuration.sources, ...ofClusters])];
}

function deployed(
  repository: RepositoryConfiguration | null,
  cluster: ClusterConfiguration | null,
  { sources: common, discovery }: Configuration,
): DeployedRepository | null {
  const isOwn = repository === null || isOwnPath(repository.path);
  const ofCluster = cluster?.sources ?? [];
  const named = ofCluster.filter(({ repository: name }) =>
    name === null ? isOwn : name === repository?.name,
  );
  if (ofCluster.length > 0 && named.length === 0) return null;
  const own = repository?.sources ?? [];
  const all = own.length > 0 || !isOwn ? own : common;
  const sources = ofCluster.length === 0 ? all : named.flatMap(({ source }) => source ?? all);
  const isOpen = sources.length === 0 || (all.length === 0 && named.some(({ source }) => source === null));
  return { repository, isOwn, sources, discover: discovery ?? isOpen };
}
