import type { IngressId, Place } from "./ingress.ts";
import type { Problem } from "./problem.ts";
import type { Source } from "./source.ts";

/** What is rendered into which cluster, and how that is known. */
export interface Discovery {
  /** Sorted by what declares them, then by id. */
  readonly sources: readonly DiscoveredSource[];
  /** What is applied to a cluster and cannot be rendered here, such as a chart from elsewhere. */
  readonly unrendered: readonly UnrenderedSource[];
  /** Files that are no manifests of their own, whatever they look like: of charts, bases, values. */
  readonly isInput: (path: string) => boolean;
  readonly problems: readonly Problem[];
}

export interface DiscoveredSource {
  readonly source: Source;
  readonly declaredBy: Declarer;
  /** The files of Git that say what the source is, such as that of its Application; empty where none does. */
  readonly definedBy: readonly string[];
  /** Why it is rendered so: one plain sentence. */
  readonly reason: string;
  readonly destination: Destination;
  /** What applies it; null where no GitOps tool is known to. */
  readonly appliedBy: Applier | null;
  /** What the GitOps tool says that it last applied, 40 hex digits; null where it does not say. */
  readonly appliedRevision: string | null;
}

/** What says that a source is applied. */
export interface Declarer {
  readonly kind:
    | "Application"
    | "ApplicationSet"
    | "Kustomization"
    | "HelmRelease"
    | "configuration"
    | "kustomization file"
    | "chart";
  /** `argocd/shop`; the path of a kustomization file or a chart. */
  readonly name: string;
  /** Where it stands in Git; null where it was read from the cluster. */
  readonly place: Place | null;
}

/** The object of a GitOps tool that applies a source, as the tool's command line names it. */
export interface Applier {
  /** Of an ApplicationSet, the Application that it makes. */
  readonly kind: "Application" | "Kustomization" | "HelmRelease";
  readonly name: string;
  /** null where its manifest names none. */
  readonly namespace: string | null;
  /** Why it would not undo a difference when it is asked to apply again: "it is suspended"; null where it would. */
  readonly idle: string | null;
  /** Whether it undoes by itself what differs from its revision. */
  readonly isHealing: boolean;
  /** Whether it lies in another cluster than the one that it applies to. */
  readonly isRemote: boolean;
}

/** Where a source is applied: what the declarer says of the cluster, null for its own or where nothing is said. */
export interface Destination {
  readonly server: string | null;
  readonly name: string | null;
}

export interface UnrenderedSource {
  readonly declaredBy: Declarer;
  /** The folder of this repository that it is made of, whose files are no manifests of their own; null for none. */
  readonly folder: string | null;
  /** Where its files come from, where that is another repository ("" where that is not told); null for this one. */
  readonly address: string | null;
  /** Why it cannot be rendered: one plain sentence. */
  readonly reason: string;
  readonly remedy: string;
  /** Whether a live Ingress is its: by tracking marks and release labels. Such a one is not called out-of-band. */
  readonly owns: (live: {
    readonly id: IngressId;
    readonly labels: Marks;
    readonly annotations: Marks;
  }) => boolean;
}

export type Marks = Readonly<Record<string, string>>;
