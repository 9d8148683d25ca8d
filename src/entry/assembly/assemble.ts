import type { Forge } from "../../adapters/github/open-forge.ts";
import type { AuditPorts, AuditRequest } from "../../audit/audit-request.ts";
import { repositoriesOf } from "../../audit/fleet/repositories-of.ts";
import { AuditError } from "../../model/audit-error.ts";
import {
  type ClusterConfiguration,
  type Configuration,
  NO_CONFIGURATION,
} from "../../model/configuration.ts";
import type { Severity } from "../../model/severity.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import { auditOf, neighboursOf, sharedBy } from "./audit-of.ts";
import { chooseCluster } from "./choose-cluster.ts";
import { auditTrail, checkStdin, clusterReader } from "./cluster-inputs.ts";
import { filesOfOne } from "./fleet/files-of-one.ts";
import { appliedRevision } from "./github/applied-revision.ts";
import { connectForge } from "./github/forge-access.ts";
import { githubContext } from "./github/github-context.ts";
import { type OwnRepository, openOwn } from "./open-own.ts";
import { repositoryPaths } from "./repository-paths.ts";
import type { SourceOptions } from "./source-options.ts";
import type { Surroundings } from "./surroundings.ts";

export interface Assembled {
  readonly request: AuditRequest;
  readonly ports: AuditPorts;
  readonly configuration: Configuration;
  /** As it was named, or repository-relative; null without a configuration. */
  readonly configurationPath: string | null;
  /** The repository's forge, signed in to when it is first asked for. */
  readonly forge: () => Promise<Forge>;
}

/** Turn options and configuration into a request and the adapters that serve it: of the configuration's own repository. */
export async function assemble(
  paths: readonly string[],
  options: SourceOptions & { readonly minSeverity?: Severity },
  surroundings: Surroundings,
  opened?: OwnRepository,
): Promise<Assembled> {
  const own = opened ?? (await openOwn(options, surroundings));
  const { git, configuration, loaded } = own;
  const forge = once(() => openForge(options, git, surroundings));
  const audit = await ownAudit(paths, options, surroundings, own, forge);
  const configurationPath = configuration === NO_CONFIGURATION ? null : loaded.path;
  return { configuration, configurationPath, forge, ...audit };
}

async function ownAudit(
  paths: readonly string[],
  asked: SourceOptions & { readonly minSeverity?: Severity },
  surroundings: Surroundings,
  own: OwnRepository,
  forge: () => Promise<Forge>,
): Promise<Pick<Assembled, "request" | "ports">> {
  const { git, configuration } = own;
  const cluster = chooseCluster(configuration, asked);
  const options = filesOfOne(asked, cluster, configuration);
  checkStdin([options.snapshot, ...(options.auditLog ?? [])]);
  const deployed = repositoriesOf(cluster, configuration);
  const mine = deployed.find(({ isOwn }) => isOwn);
  if (mine === undefined) throw notDeployed(cluster);
  const deployments = async () => (await forge()).deployments;
  const applied = await appliedRevision(options.appliedRevision, git, deployments, surroundings.signal);
  const shared = sharedBy(own, options, surroundings);
  const named = repositoryPaths(paths, options.repo, git.workTree);
  const { request, ports } = auditOf(own, mine, { ...shared, cluster, named });
  return {
    request: {
      ...request,
      isNarrowed: paths.length > 0,
      appliedRevision: applied.revision,
      problems: [...request.problems, ...shared.problems, ...applied.problems],
    },
    ports: {
      ...ports,
      neighbours: neighboursOf(own, deployed, { ...shared, cluster, named: [] }),
      cluster: clusterReader(options, cluster, mine.discover, surroundings),
      auditTrail: auditTrail(options.auditLog, cluster, own, surroundings),
    },
  };
}

async function openForge({ forge = {} }: SourceOptions, git: GitHistory, surroundings: Surroundings) {
  const { signal, progress, github } = surroundings;
  const context = github ?? githubContext({});
  return await connectForge(forge, { context, origin: () => git.repositoryName(), signal, progress });
}

function once<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

function notDeployed(cluster: ClusterConfiguration | null): AuditError {
  return new AuditError({
    code: "repository-not-deployed",
    what: `By the configuration ${cluster === null ? "nothing" : `cluster ${cluster.name}`} is deployed from this repository`,
    mend: "Add it to repositories with path: . and to the cluster's sources, or use ingress-audit audit, which reports on the others.",
  });
}
