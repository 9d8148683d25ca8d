import { realpathSync } from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { auditLogFiles } from "../../adapters/audit-log/audit-log-files.ts";
import { openGitHistory } from "../../adapters/git/open-git-history.ts";
import type { Forge } from "../../adapters/github/open-forge.ts";
import { apiReader } from "../../adapters/kubernetes/api-reader.ts";
import { snapshotReader } from "../../adapters/kubernetes/snapshot-reader.ts";
import { rememberingRenderer } from "../../adapters/render/plain-renderer.ts";
import { askedPaths } from "../../audit/asked-paths.ts";
import type { AuditPorts, AuditRequest } from "../../audit/audit-request.ts";
import { ignoreRulesOf } from "../../audit/ignore-rules-of.ts";
import { configuredSources } from "../../audit/rendered/configured-sources.ts";
import { selectPaths } from "../../audit/select-paths.ts";
import { writerPolicyOf } from "../../audit/writer-policy-of.ts";
import { AuditError } from "../../model/audit-error.ts";
import {
  type ClusterConfiguration,
  type Configuration,
  NO_CONFIGURATION,
} from "../../model/configuration.ts";
import type { Severity } from "../../model/severity.ts";
import type { ClusterReader } from "../../ports/cluster-reader.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import { completeHistory } from "./complete-history.ts";
import { appliedRevision } from "./github/applied-revision.ts";
import { connectForge } from "./github/forge-access.ts";
import { type GithubContext, githubContext } from "./github/github-context.ts";
import { loadConfiguration } from "./load-configuration.ts";
import type { SourceOptions } from "./source-options.ts";
import { namespacesOf } from "./source-options.ts";
import { lazyDiscovery, lazyToolRenderer } from "./source-ports.ts";
import { TOOL } from "./tool.ts";

/** What the run has around it. */
export interface Surroundings {
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly stdin: Readable;
  readonly progress: (what: string) => void;
  /** Where GitHub is, in a workflow; github.com and `origin` without. */
  readonly github?: GithubContext;
}

export interface Assembled {
  readonly request: AuditRequest;
  readonly ports: AuditPorts;
  readonly configuration: Configuration;
  /** As it was named, or repository-relative; null without a configuration. */
  readonly configurationPath: string | null;
  /** The repository's forge, signed in to when it is first asked for. */
  readonly forge: () => Promise<Forge>;
}

/** Turn options and configuration into a request and the adapters that serve it. */
export async function assemble(
  paths: readonly string[],
  options: SourceOptions & { readonly minSeverity?: Severity },
  surroundings: Surroundings,
): Promise<Assembled> {
  checkStdin(options);
  const { signal, now, progress } = surroundings;
  const git = await openGitHistory({ dir: options.repo, signal });
  // First of all, as the refs to resolve may lie in what the clone lacks.
  const shallow = await completeHistory(git, options.deepen ?? "never", progress);
  const commit = await git.resolveCommit(options.ref ?? "HEAD");
  const [loaded, branch] = await Promise.all([
    loadConfiguration(git, options, commit),
    options.ref === undefined ? git.currentBranch() : null,
  ]);
  const { configuration } = loaded;
  const cluster = chooseCluster(configuration, options);
  const sources = cluster === null || cluster.sources.length === 0 ? configuration.sources : cluster.sources;
  const named = repositoryPaths(paths, options.repo, git.workTree);
  const { rules, problems } = ignoreRulesOf(configuration.ignore, loaded.path, now);
  const forge = once(() => openForge(options, git, surroundings));
  const deployments = async () => (await forge()).deployments;
  const applied = await appliedRevision(options.appliedRevision, git, deployments, signal);
  const discover = configuration.discovery ?? sources.length === 0;
  return {
    configuration,
    configurationPath: configuration === NO_CONFIGURATION ? null : loaded.path,
    forge,
    request: {
      ref: options.ref ?? branch ?? "HEAD",
      commit,
      worktree: options.worktree ?? false,
      ...selectPaths(sources, named, snapshotPath(options, git.workTree)),
      asked: askedPaths(sources, named, loaded.path),
      sources: configuredSources(sources),
      discover,
      destinations: cluster?.destinations ?? [],
      isNarrowed: paths.length > 0,
      appliedRevision: applied.revision,
      policy: writerPolicyOf(configuration),
      ignore: rules,
      minSeverity: options.minSeverity ?? configuration.minSeverity ?? "low",
      clusterName: cluster?.name ?? null,
      problems: [...loaded.problems, ...problems, ...applied.problems, ...shallow],
      tool: TOOL,
      now,
      signal,
    },
    ports: {
      git,
      renderer: rememberingRenderer(),
      sourceRenderer: lazyToolRenderer(configuration.render),
      discovery: lazyDiscovery,
      cluster: clusterReader(options, cluster, discover, surroundings),
      auditTrail: auditTrail(options, surroundings),
      progress,
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

function clusterReader(
  options: SourceOptions,
  cluster: ClusterConfiguration | null,
  gitOps: boolean,
  { stdin }: Surroundings,
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

function auditTrail({ auditLog }: SourceOptions, { stdin }: Surroundings) {
  if (auditLog === undefined) return null;
  return auditLogFiles({ files: auditLog, cwd: process.cwd(), stdin });
}

function chooseCluster({ clusters }: Configuration, options: SourceOptions): ClusterConfiguration | null {
  const names = clusters.map(({ name }) => name).join(", ");
  if (options.cluster !== undefined) {
    const chosen = clusters.find(({ name }) => name === options.cluster);
    if (chosen !== undefined) return chosen;
    throw new AuditError({
      code: "cluster-unknown",
      what: `The configuration names no cluster ${options.cluster}`,
      mend: names === "" ? "Add it under clusters, or leave --cluster out." : `Choose one of ${names}.`,
    });
  }
  const byContext = clusters.find(({ context }) => context !== null && context === options.context);
  if (byContext !== undefined) return byContext;
  const [only, ...others] = clusters;
  if (others.length === 0) return only ?? null;
  throw new AuditError({
    code: "cluster-not-chosen",
    what: `The configuration names several clusters (${names})`,
    mend: "Choose one with --cluster; run the audit once for each.",
  });
}

function checkStdin({ snapshot, auditLog = [] }: SourceOptions): void {
  const readers = [snapshot, ...auditLog].filter((file) => file === "-");
  if (readers.length <= 1) return;
  throw new AuditError({
    code: "usage",
    what: 'Two inputs would be read from standard input ("-")',
    mend: "Write all but one to a file.",
  });
}

/** A snapshot that lies in the work tree looks like a manifest, and is none. */
function snapshotPath({ snapshot }: SourceOptions, root: string | null): readonly string[] {
  if (snapshot === undefined || snapshot === "-" || root === null) return [];
  const relative = path.relative(root, path.resolve(snapshot));
  return relative.startsWith("..") ? [] : [relative.split(path.sep).join("/")];
}

/**
 * Paths on the command line start at `--repo`, paths of the audit at the repository's root. A bare repository has no
 * folders to stand in, so there they are the same.
 */
export function repositoryPaths(
  paths: readonly string[],
  repo: string,
  root: string | null,
): readonly string[] {
  if (root === null) return paths;
  return paths.map((each) => {
    const relative = path.relative(root, path.resolve(realpathSync(repo), each));
    if (relative !== ".." && !relative.startsWith(`..${path.sep}`))
      return relative.split(path.sep).join("/") || ".";
    throw new AuditError({
      code: "usage",
      what: `${each} lies outside the repository`,
      where: { repository: root },
      mend: "Name paths inside the repository, or another repository with --repo.",
    });
  });
}
