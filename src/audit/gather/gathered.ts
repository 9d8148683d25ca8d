import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { DiscoveredSource } from "../../model/discovery.ts";
import type { ComparedIngress } from "../../model/divergence.ts";
import type { IngressId } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { AuditTrailContent } from "../../ports/audit-trail.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import type { AttributionContext } from "../attributed/attribute-ingress.ts";
import type { DesiredState } from "../desired/read-desired.ts";
import type { AppliedRevisions } from "../rendered/applied-revisions.ts";
import type { RenderedSources } from "../rendered/render-sources.ts";
import type { UnknownDeployer } from "../writers/unknown-deployer.ts";

/** Everything that was read and compared; nothing decided yet. */
export interface Gathered {
  readonly commit: string;
  readonly isShallow: boolean;
  readonly desired: DesiredState;
  readonly live: LiveSnapshot;
  readonly trail: AuditTrailContent | null;
  /** The log's writes to one Ingress, cut where the cluster was read. */
  readonly writesOf: (id: IngressId) => readonly ClusterWrite[];
  /** Sorted by namespace, then name; without those that an unreadable input hides. */
  readonly compared: readonly ComparedIngress[];
  readonly hidden: readonly IngressId[];
  /** Live ones that only files outside the paths given declare. */
  readonly elsewhere: readonly IngressId[];
  /** Live ones that are in the report of another repository; null where there is no other one. */
  readonly ofOthers: readonly IngressId[] | null;
  readonly problems: readonly Problem[];
  /** null where nothing asked for history. */
  readonly context: AttributionContext | null;
  readonly appliedRevision: string | null;
  readonly unknownDeployer: UnknownDeployer | null;
  readonly applied: AppliedRevisions;
  /** null where nothing is rendered by a tool. */
  readonly rendered: RenderedSources | null;
  /** The sources that GitOps tools and kustomizations tell of, with what applies them. */
  readonly discovered: readonly DiscoveredSource[];
  /**
   * Render the older versions that the attribution has asked for and that were not known.
   *
   * @returns false where it has asked for none: what it said is whole. Otherwise it has to be done again.
   */
  readonly renderAsked: () => Promise<boolean>;
}
