import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { Divergence } from "../../model/divergence.ts";
import type { IngressId } from "../../model/ingress.ts";
import type { ManifestCommits } from "../history/commit-of-manifest.ts";
import type { FieldState } from "../history/field-state.ts";
import type { FieldTimeline } from "../history/field-timeline.ts";
import type { GraphIndex } from "../history/index-graph.ts";
import type { FieldManagerEntry, FieldOwner } from "../managed-fields.ts";
import type { FieldWrites } from "../writes/field-writes.ts";
import type { Declaration } from "./declarations.ts";
import type { WriterPolicy } from "./writer-policy.ts";

/**
 * Whether what the audit log does not show did not happen. `doubtful`: nothing says so. `lacking`: the cluster shows a
 * write that the log should have and has not. `reason` is a clause.
 */
export type LogSilence =
  | { readonly kind: "counts" }
  | { readonly kind: "doubtful" | "lacking"; readonly reason: string };

/** All that is known of one divergence: Git's timeline of the field and the cluster's. */
export interface FieldEvidence {
  readonly id: IngressId;
  readonly divergence: Divergence;
  readonly index: GraphIndex;
  readonly git: FieldTimeline;
  /** What the cluster holds. */
  readonly live: FieldState;
  /** What the audit log shows of the field; null where no log was given. */
  readonly writes: FieldWrites | null;
  /** What the log's silence is worth; left out where no log was given. */
  readonly silence?: LogSilence;
  /** What the pipeline's whole manifests in the log say of the field, newest first; none without a log. */
  readonly declarations: readonly Declaration[];
  /** The commits whose manifest a write of the pipeline's sent; null where it sent no whole one. */
  readonly commitsOf?: (write: ClusterWrite) => ManifestCommits | null;
  /** Whether the pipeline deployed other Ingresses when it made a write; left out where no log was given. */
  readonly isBesideDeployment?: (write: ClusterWrite) => boolean;
  /** Managers of the live object, and those among them that own the field. */
  readonly managers: readonly FieldManagerEntry[];
  readonly owners: readonly FieldOwner[];
  /** True where managedFields show that a known deployer writes to Ingresses of this cluster. */
  readonly knowsDeployer: boolean;
  /** The manager, no known deployer, that wrote most of the Ingresses that agree with Git; null where none did. */
  readonly likelyDeployer: string | null;
  /** True where the snapshot has managedFields, of this Ingress or of others. */
  readonly recordsManagers: boolean;
  /** `kind/name` of the live object's owners. */
  readonly ownerReferences: readonly string[];
  /** The field in kubectl's last-applied annotation; null where the object has none that is about it. */
  readonly lastApplied: FieldState | null;
  /** metadata.creationTimestamp of the live object. */
  readonly createdAt: string | null;
  /** When the cluster was read; null where unknown. */
  readonly observedAt: string | null;
  /** The commit that the cluster last applied; null where unknown. */
  readonly appliedCommit: number | null;
  /** True where Git was looked at in part only: what no commit there holds may stand in another file. */
  readonly isPartial?: boolean;
  readonly policy: WriterPolicy;
}
