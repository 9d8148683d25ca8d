import type { JsonObject } from "./json.ts";
import type { Severity } from "./severity.ts";

/** What `.ingress-audit.yaml` says, checked. */
export interface Configuration {
  readonly sources: readonly SourceConfiguration[];
  readonly clusters: readonly ClusterConfiguration[];
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
  /** Its own sources; empty where it follows the configuration's. */
  readonly sources: readonly SourceConfiguration[];
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
  discovery: null,
  render: { allowNetwork: false, timeoutSeconds: 60 },
  deployers: { builtIn: true, users: [], fieldManagers: [] },
  controllers: [],
  ignore: [],
  failOn: null,
  minSeverity: null,
};
