import type { JsonObject } from "./json.ts";

/** What a pipeline applies in one go. Paths are repository-relative. */
export type Source = PlainSource | RenderedSource;

/** One unit that a tool renders as a whole. */
export type RenderedSource = KustomizeSource | HelmSource;

interface SourceFacts {
  /** Unique within an audit, and stable over commits: `kustomize deploy/overlays/prod`. */
  readonly id: string;
  /** The namespace of objects that name none; null where nothing gives one. */
  readonly namespace: string | null;
}

/** A folder of manifests that are applied as they are. */
export interface PlainSource extends SourceFacts {
  readonly kind: "plain";
  readonly folder: string;
  readonly recurse: boolean;
  /** Globs, relative to the folder; empty takes every manifest. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

export interface KustomizeSource extends SourceFacts {
  readonly kind: "kustomize";
  /** The folder of the kustomization; `.` for the repository's root. */
  readonly root: string;
  /** What the pipeline puts on top of the folder's own kustomization, as fields of a kustomization; empty for nothing. */
  readonly overrides: JsonObject;
  /** Whether files outside the kustomization's folder may be read: Flux allows it, kustomize does not unless told to. */
  readonly loadRestrictor: "root-only" | "none";
  /** Whether a folder without a kustomization is taken with all its manifests, as Flux does. */
  readonly isGenerated: boolean;
  /** Flux's postBuild substitution; null where there is none. */
  readonly substitute: Readonly<Record<string, string>> | null;
}

export interface HelmSource extends SourceFacts {
  readonly kind: "helm";
  /** The chart's folder. */
  readonly chart: string;
  readonly releaseName: string;
  /** In the order in which they apply. */
  readonly valueFiles: readonly string[];
  /** Whether they stand in the place of the chart's own values.yaml, as with Flux; else they are on top of it. */
  readonly isDefaultReplaced: boolean;
  /** Values that the pipeline gives inline, on top of the files; null for none. */
  readonly values: JsonObject | null;
  /** `--set`: on top of everything. */
  readonly set: readonly HelmParameter[];
  /** `--set-file`: values that are the text of a file, on top of those. */
  readonly setFiles: readonly HelmFileParameter[];
  /** `.Capabilities.KubeVersion`; null for helm's default. */
  readonly kubeVersion: string | null;
  /** `.Capabilities.APIVersions`, further ones. */
  readonly apiVersions: readonly string[];
}

export interface HelmParameter {
  readonly name: string;
  readonly value: string;
  /** `--set-string`. */
  readonly forceString: boolean;
}

export interface HelmFileParameter {
  readonly name: string;
  readonly file: string;
}
