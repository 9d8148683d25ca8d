import type { JsonObject } from "./json.ts";
import type { Severity } from "./severity.ts";

/** What `.ingress-audit.yaml` says, checked. */
export interface Configuration {
  readonly sources: readonly SourceConfiguration[];
  readonly clusters: readonly ClusterConfiguration[];
  /** All that is audited, in order; empty for the configuration's own alone. */
  readonly repositories: readonly RepositoryConfiguration[];
  /** Whether sources are also discovered; null for only where none are configured. */
  readonly discovery: boolean | null;
  readonly render: RenderConfiguration;
  readonly deployers: DeployerConfiguration;
  readonly controllers: readonly ControllerConfiguration[];
  readonly ignore: readonly IgnoreConfiguration[];
  readonly failOn: "none" | "pending" | "out-of-band" | "any" | null;
  readonly minSeverity: Severity | null;
}

/** Where manifests are; one of `paths`, `kustomize` and `helm` says how they are rendered. */
export interface SourceConfiguration {
  /** Repository-relative globs, a folder means everything below it; empty where a tool renders the source. */
  readonly paths: readonly string[];
  /** A folder with a kustomization. */
  readonly kustomize: string | null;
  readonly helm: HelmConfiguration | null;
  readonly exclude: readonly string[];
  /** The namespace of manifests that name none; null leaves it open. */
  readonly namespace: string | null;
}

export interface HelmConfiguration {
  readonly chart: string;
  readonly release: string;
  readonly valueFiles: readonly string[];
  readonly values: JsonObject | null;
  readonly set: Readonly<Record<string, string>>;
  readonly kubeVersion: string | null;
  readonly apiVersions: readonly string[];
}

export interface RenderConfiguration {
  readonly allowNetwork: boolean;
  readonly timeoutSeconds: number;
}

export interface ClusterConfiguration {
  readonly name: string;
  /** kubeconfig context; null for the current one. */
  readonly context: string | null;
  readonly namespaces: "all" | readonly string[];
  /** Names and server addresses by which Argo CD calls the cluster, where they are not its name or context. */
  readonly destinations: readonly string[];
  /** Files and globs of its API server's audit log, from the root of the configuration's repository. */
  readonly auditLog: readonly string[];
  /** Its own sources; empty where it follows the configuration's. */
  readonly sources: readonly ClusterSourceConfiguration[];
}

export interface ClusterSourceConfiguration {
  /** By its name; null for the configuration's own. */
  readonly repository: string | null;
  /** null for all that is the repository's. */
  readonly source: SourceConfiguration | null;
}

/** A repository that clusters are deployed from; it has a path or a url. */
export interface RepositoryConfiguration {
  readonly name: string;
  /** Folder of a checkout, from the root of the configuration's repository; null where it is cloned. */
  readonly path: string | null;
  readonly url: string | null;
  /** null for HEAD. */
  readonly ref: string | null;
  /** Empty where they are discovered. */
  readonly sources: readonly SourceConfiguration[];
}

/** Whether a repository's path is the configuration's own repository. */
export function isOwnPath(path: string | null): boolean {
  return path !== null && /^\.?(?:\/\.?)*$/.test(path);
}

export interface DeployerConfiguration {
  /** Whether the GitOps tools' default identities count. */
  readonly builtIn: boolean;
  /** Globs. */
  readonly users: readonly string[];
  readonly fieldManagers: readonly string[];
}

export interface ControllerConfiguration {
  readonly name: string;
  readonly reason: string;
  readonly users: readonly string[];
  readonly fieldManagers: readonly string[];
  /** Field-path patterns; empty means every field. */
  readonly fields: readonly string[];
  /** Globs for `namespace/name`; empty means every Ingress. */
  readonly ingresses: readonly string[];
}

export interface IgnoreConfiguration {
  readonly name: string;
  readonly reason: string;
  /** The last day on which the rule applies, `2026-12-31`; null for no end. */
  readonly expires: string | null;
  /** Globs for `namespace/name`; empty means every Ingress. */
  readonly ingresses: readonly string[];
  readonly fields: readonly string[];
  readonly fieldManagers: readonly string[];
  /** Where the rule stands, 1-based. */
  readonly line: number | null;
}

export const NO_CONFIGURATION: Configuration = {
  sources: [],
  clusters: [],
  repositories: [],
  discovery: null,
  render: { allowNetwork: false, timeoutSeconds: 60 },
  deployers: { builtIn: true, users: [], fieldManagers: [] },
  controllers: [],
  ignore: [],
  failOn: null,
  minSeverity: null,
};
