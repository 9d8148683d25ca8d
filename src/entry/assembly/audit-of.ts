import path from "node:path";
import { fetchRemoteRepository } from "../../adapters/git/fetch-remote-repository.ts";
import { rememberingRenderer } from "../../adapters/render/plain-renderer.ts";
import type { AuditPorts, AuditRequest } from "../../audit/audit-request.ts";
import { askedPaths } from "../../audit/desired/asked-paths.ts";
import type { Neighbour } from "../../audit/desired/neighbour.ts";
import { selectPaths } from "../../audit/desired/select-paths.ts";
import type { OpenMember } from "../../audit/fleet/fleet.ts";
import { knownMembers } from "../../audit/fleet/known-member.ts";
import type { DeployedRepository } from "../../audit/fleet/repositories-of.ts";
import { ignoreRulesOf } from "../../audit/left-out/ignore-rules-of.ts";
import { configuredSources } from "../../audit/rendered/configured-sources.ts";
import { writerPolicyOf } from "../../audit/writers/writer-policy-of.ts";
import type { ClusterConfiguration } from "../../model/configuration.ts";
import type { Problem } from "../../model/problem.ts";
import type { Severity } from "../../model/severity.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import { rootOf } from "./cluster-inputs.ts";
import { type OtherOpened, openOther } from "./open-other.ts";
import type { OwnRepository } from "./open-own.ts";
import type { SourceOptions } from "./source-options.ts";
import { lazyDiscovery, lazyToolRenderer } from "./source-ports.ts";
import type { Surroundings } from "./surroundings.ts";
import { TOOL } from "./tool.ts";
import { userCacheFolder } from "./user-cache-folder.ts";

/** What every audit of a run has in common: rules, tools, the clock. */
export interface Shared {
  readonly own: OwnRepository;
  readonly options: SourceOptions;
  readonly surroundings: Surroundings;
  readonly rules: Pick<AuditRequest, "policy" | "ignore" | "minSeverity" | "tool" | "now" | "signal">;
  readonly renderers: Pick<AuditPorts, "renderer" | "sourceRenderer">;
  /** Brings the clone of a url up to date, once a run. @returns Its folder. */
  readonly fetched: (url: string) => Promise<string>;
  /** Of the configuration as a whole. */
  readonly problems: readonly Problem[];
}

export function sharedBy(
  own: OwnRepository,
  options: SourceOptions & { readonly minSeverity?: Severity },
  surroundings: Surroundings,
): Shared {
  const { configuration, loaded } = own;
  const { now, signal } = surroundings;
  const { rules, problems } = ignoreRulesOf(configuration.ignore, loaded.path, now);
  return {
    own,
    options,
    surroundings,
    rules: {
      policy: writerPolicyOf(configuration),
      ignore: rules,
      minSeverity: options.minSeverity ?? configuration.minSeverity ?? "low",
      tool: TOOL,
      now,
      signal,
    },
    renderers: {
      renderer: rememberingRenderer(),
      sourceRenderer: lazyToolRenderer(configuration.render),
    },
    fetched: fetchOnce({
      allowNetwork: options.allowNetwork === true || configuration.render.allowNetwork,
      signal,
      progress: surroundings.progress,
    }),
    problems: [...loaded.problems, ...problems],
  };
}

/** Clusters are audited at the same time, and two fetches into one clone would meet. */
function fetchOnce({
  progress,
  ...how
}: {
  readonly allowNetwork: boolean;
  readonly signal: AbortSignal;
  readonly progress: (what: string) => void;
}): Shared["fetched"] {
  const known = new Map<string, Promise<string>>();
  return (url) => {
    const folder = userCacheFolder("repositories", process.env);
    const fetching = known.get(url) ?? fetchRemoteRepository({ url, folder, ...how });
    if (!known.has(url)) progress(`Fetching ${url}`);
    known.set(url, fetching);
    return fetching;
  };
}

export interface AuditSetting extends Shared {
  /** null where the configuration names none. */
  readonly cluster: ClusterConfiguration | null;
  /** Paths that the command line names, from the repository's root. */
  readonly named: readonly string[];
}

/** One repository against one cluster, but for how the cluster and its log are read. */
export function auditOf(
  opened: OtherOpened | OwnRepository,
  { sources, discover, isOwn }: DeployedRepository,
  { own, options, surroundings, cluster, named, rules, renderers }: AuditSetting,
): { readonly request: AuditRequest; readonly ports: Omit<AuditPorts, "cluster" | "auditTrail"> } {
  const { git, commit, ref, shallow } = opened;
  return {
    request: {
      ref,
      commit,
      worktree: isOwn && options.worktree === true,
      ...selectPaths(sources, named, snapshotPath(options, git.workTree)),
      asked: askedPaths(sources, named, own.loaded.path),
      sources: configuredSources(sources),
      discover,
      destinations: cluster?.destinations ?? [],
      otherDestinations: othersThan(cluster, own.configuration.clusters).flatMap(calledBy),
      isNarrowed: false,
      appliedRevision: null,
      clusterName: cluster?.name ?? null,
      problems: shallow,
      ...rules,
    },
    ports: { git, discovery: lazyDiscovery, progress: surroundings.progress, ...renderers },
  };
}

function othersThan(
  cluster: ClusterConfiguration | null,
  all: readonly ClusterConfiguration[],
): readonly ClusterConfiguration[] {
  return cluster === null ? [] : all.filter(({ name }) => name !== cluster.name);
}

function calledBy({ name, context, destinations }: ClusterConfiguration): readonly string[] {
  return [name, ...(context === null ? [] : [context]), ...destinations];
}

/** Opens one of the configuration's other repositories when it is asked for. */
export function openDeployed(deployed: DeployedRepository, setting: AuditSetting): () => Promise<OpenMember> {
  const { own, options, surroundings } = setting;
  const { repository } = deployed;
  return async () => {
    const opened =
      deployed.isOwn || repository === null
        ? own
        : await openOther(repository, {
            root: rootOf(own),
            fetched: setting.fetched,
            deepen: options.deepen,
            signal: surroundings.signal,
            progress: surroundings.progress,
          });
    const { request, ports } = auditOf(opened, deployed, setting);
    return { request, ports: { ...ports, cluster: NOT_ASKED, auditTrail: null } };
  };
}

/** The cluster is read once, for all of its repositories. */
const NOT_ASKED = { read: () => Promise.reject(new Error("The cluster is read elsewhere")) };

/** The other repositories of the cluster, as the own one's audit sees them. */
export function neighboursOf(
  own: OwnRepository,
  deployed: readonly DeployedRepository[],
  setting: AuditSetting,
): readonly Neighbour[] {
  const members = knownMembers(
    deployed.map((each) => ({ repository: nameOf(each, own), open: openDeployed(each, setting) })),
  );
  return members.filter((_, index) => deployed[index]?.isOwn === false).map(({ neighbour }) => neighbour);
}

/** What reports call a repository; the own one by its folder, where the configuration lists none. */
export function nameOf({ repository }: DeployedRepository, own: OwnRepository): string {
  return repository?.name ?? path.basename(rootOf(own));
}

/** A snapshot that lies in the work tree looks like a manifest, and is none. */
function snapshotPath(
  { snapshot, snapshots = [] }: SourceOptions,
  root: GitHistory["workTree"],
): readonly string[] {
  if (root === null) return [];
  return [snapshot ?? "-", ...snapshots]
    .filter((file) => file !== "-")
    .map((file) => path.relative(root, path.resolve(file)))
    .filter((relative) => !relative.startsWith(".."))
    .map((relative) => relative.split(path.sep).join("/"));
}
