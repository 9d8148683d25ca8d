import type { WriterPolicy } from "../attribute/verdict/writer-policy.ts";
import type { Problem } from "../model/problem.ts";
import type { Severity } from "../model/severity.ts";
import type { RenderedSource } from "../model/source.ts";
import type { AuditTrail } from "../ports/audit-trail.ts";
import type { ClusterReader } from "../ports/cluster-reader.ts";
import type { GitHistory, PathSelector } from "../ports/git-history.ts";
import type { Renderer } from "../ports/renderer.ts";
import type { SourceDiscovery } from "../ports/source-discovery.ts";
import type { SourceRenderer } from "../ports/source-renderer.ts";
import type { AskedPath } from "./desired/asked-paths.ts";
import type { Neighbour } from "./desired/neighbour.ts";
import type { NamespaceFor } from "./desired/read-desired.ts";
import type { IgnoreRule } from "./left-out/ignore-divergences.ts";

/** What to audit, and by which rules. */
export interface AuditRequest {
  /** The audited ref, as the user named it. */
  readonly ref: string;
  /** The commit that `ref` is, in full: resolved once, so that rules and manifests are of the same one. */
  readonly commit: string;
  /** Audit the files as they lie on disk, on top of `ref`. */
  readonly worktree: boolean;
  readonly selector: PathSelector;
  /** What the configuration has rendered by a tool; its files are no manifests of their own. */
  readonly sources: readonly RenderedSource[];
  /** Whether further sources are looked for. */
  readonly discover: boolean;
  /** Names and addresses by which GitOps tools call the audited cluster. */
  readonly destinations: readonly string[];
  /** Names and addresses of the configuration's other clusters: what goes there does not go here. */
  readonly otherDestinations?: readonly string[];
  /** All that is audited unless paths narrow it; the selector itself where they do not. */
  readonly wider: PathSelector;
  /** The paths that were asked for, one by one; empty where everything is audited. */
  readonly asked: readonly AskedPath[];
  readonly namespaceFor: NamespaceFor;
  /** True where only part of the sources is audited: what the rest declares is then not "in the cluster only". */
  readonly isNarrowed: boolean;
  /** The cluster's name in the configuration; null to call it as the reader does. */
  readonly clusterName: string | null;
  /** A revision that the cluster is known to run; null where unknown. */
  readonly appliedRevision: string | null;
  readonly policy: WriterPolicy;
  readonly ignore: readonly IgnoreRule[];
  /** Commits that somebody proposes to merge, by the name to show; they count like refs that are not merged. */
  readonly proposed?: readonly ProposedCommit[];
  /** Divergences below are counted, not reported. */
  readonly minSeverity: Severity;
  /** Mistakes in the configuration that do not stop the audit, such as an ignore rule that has expired. */
  readonly problems: readonly Problem[];
  readonly tool: { readonly name: string; readonly version: string };
  readonly now: Date;
  readonly signal: AbortSignal;
}

export interface ProposedCommit {
  /** As people write it: `refs/pull/12/head`. */
  readonly name: string;
  readonly sha: string;
}

export interface AuditPorts {
  readonly git: GitHistory;
  readonly renderer: Renderer;
  /** null where nothing is rendered by a tool. */
  readonly sourceRenderer: SourceRenderer | null;
  readonly discovery: SourceDiscovery | null;
  readonly cluster: ClusterReader;
  /** The other repositories that the cluster is deployed from; none unless given. */
  readonly neighbours?: readonly Neighbour[];
  /** null where no audit log was given. */
  readonly auditTrail: AuditTrail | null;
  /** Told what is being done, in a few words. */
  readonly progress: (what: string) => void;
}
