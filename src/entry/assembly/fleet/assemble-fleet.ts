import { openGitHistory } from "../../../adapters/git/open-git-history.ts";
import type { FleetCluster } from "../../../audit/fleet/fleet.ts";
import { type DeployedRepository, repositoriesOf } from "../../../audit/fleet/repositories-of.ts";
import { AuditError } from "../../../model/audit-error.ts";
import type { ClusterConfiguration } from "../../../model/configuration.ts";
import type { Severity } from "../../../model/severity.ts";
import { escapeTerminal } from "../../../report/escape-terminal.ts";
import { nameOf, openDeployed, type Shared, sharedBy } from "../audit-of.ts";
import { auditTrail, checkStdin, clusterReader } from "../cluster-inputs.ts";
import type { OwnRepository } from "../open-own.ts";
import type { SourceOptions } from "../source-options.ts";
import type { Surroundings } from "../surroundings.ts";
import { type ClusterChoice, chooseClusters } from "./choose-clusters.ts";
import { filesByCluster, oneByCluster } from "./files-by-cluster.ts";

/** Of the command line: `snapshots` and `auditLog` are `NAME=FILE` where there are several clusters. */
export interface FleetOptions extends Omit<SourceOptions, "cluster" | "snapshot">, ClusterChoice {
  readonly minSeverity?: Severity;
}

/** Every cluster that is audited, with the repositories that it is deployed from; nothing of them is read yet. */
export function assembleFleet(
  paths: readonly string[],
  options: FleetOptions,
  surroundings: Surroundings,
  own: OwnRepository,
): readonly FleetCluster[] {
  const { snapshots: givenSnapshots = [], auditLog: givenLogs = [], ...common } = options;
  const clusters = chooseClusters(own.configuration, options);
  const names = clusters.map(nameOfCluster(options));
  const named = { chosen: names, known: own.configuration.clusters.map(({ name }) => name) };
  const snapshots = oneByCluster("--snapshot", givenSnapshots, named);
  const logs = filesByCluster("--audit-log", givenLogs, named);
  checkStdin([...snapshots.values(), ...[...logs.values()].flat()]);
  const deployed = clusters.map((cluster) => repositoriesOf(cluster, own.configuration));
  checkScope(paths, options, deployed);
  checkContexts(clusters.filter((_, index) => !snapshots.has(names[index] ?? "")));
  const shared = sharedBy(own, { ...common, snapshots: [...snapshots.values()] }, surroundings);
  return clusters.map((cluster, index) => {
    const name = names[index] ?? "";
    const [snapshot, log] = [snapshots.get(name), logs.get(name)];
    const repositories = deployed[index] ?? [];
    const reading = { ...common, ...(snapshot === undefined ? {} : { snapshot }) };
    const gitOps = repositories.some(({ discover }) => discover);
    return {
      name,
      isNamed: cluster !== null,
      cluster: clusterReader(reading, cluster, gitOps, surroundings),
      auditTrail: auditTrail(log, cluster, own, surroundings),
      members: repositories.map((each, place) =>
        memberOf(each, { ...shared, cluster, name, isFirst: place === 0 }),
      ),
    };
  });
}

function nameOfCluster({ context }: FleetOptions): (cluster: ClusterConfiguration | null) => string {
  return (cluster) => cluster?.name ?? context ?? "cluster";
}

interface MemberSetting extends Shared {
  readonly cluster: ClusterConfiguration | null;
  readonly name: string;
  /** What there is to say of the configuration is said in one report of a cluster. */
  readonly isFirst: boolean;
}

function memberOf(
  deployed: DeployedRepository,
  { cluster, name, isFirst, ...shared }: MemberSetting,
): FleetCluster["members"][number] {
  const { own, surroundings, problems } = shared;
  const repository = nameOf(deployed, own);
  const whose = escapeTerminal(`${name}, ${repository}`);
  const progress = (what: string) => surroundings.progress(`${whose}: ${what}`);
  return {
    repository,
    open: async () => {
      const { signal } = surroundings;
      // Clusters are audited at the same time, and what reads Git's graph remembers the last one.
      const git = deployed.isOwn ? await openGitHistory({ dir: own.repo, signal }) : own.git;
      const setting = {
        ...shared,
        own: { ...own, git },
        surroundings: { ...surroundings, progress },
        cluster,
        named: [],
      };
      const { request, ports } = await openDeployed(deployed, setting)();
      const said = isFirst ? [...request.problems, ...problems] : request.problems;
      return { request: { ...request, problems: said }, ports };
    },
  };
}

/** What is of one repository alone cannot be asked of several. */
function checkScope(
  paths: readonly string[],
  { appliedRevision }: FleetOptions,
  deployed: readonly (readonly DeployedRepository[])[],
): void {
  const audits = deployed.flat().length;
  const refused = paths.length > 0 ? "PATH" : appliedRevision === undefined ? null : "--applied-revision";
  if (refused !== null) {
    throw new AuditError({
      code: "usage",
      what: `${refused} is of one repository and cluster, and this run makes ${audits} ${audits === 1 ? "audit" : "audits"} by its configuration`,
      mend: "Leave it out, or say in .ingress-audit.yaml what is deployed where.",
    });
  }
  if (audits > 0) return;
  throw new AuditError({
    code: "nothing-deployed",
    what: "No repository is deployed to the chosen clusters",
    mend: "Name the repositories in the clusters' sources.",
  });
}

/** Two without a context would be the same cluster, told of twice by two names. */
function checkContexts(live: readonly (ClusterConfiguration | null)[]): void {
  const without = live.flatMap((cluster) =>
    cluster !== null && cluster.context === null ? [cluster.name] : [],
  );
  if (without.length < 2) return;
  throw new AuditError({
    code: "cluster-without-context",
    what: `Clusters ${without.join(", ")} have no context, so that each would be the kubeconfig's current one`,
    mend: "Give each its context in .ingress-audit.yaml, or a snapshot with --snapshot NAME=FILE.",
  });
}
