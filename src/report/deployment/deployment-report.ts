import type { AuditReport, ReportedDivergence } from "../audit-report.ts";

/** How waiting for a deployment ended. */
export type DeploymentReport = Deployment &
  (
    | { readonly ending: "agreed"; readonly report: AuditReport }
    | { readonly ending: "disagreed"; readonly report: AuditReport }
    /** The last readings of the cluster failed, so that nothing is known of it now. */
    | { readonly ending: "unread"; readonly report: AuditReport | null; readonly error: Error }
  );

export interface Deployment {
  /** 40 hex digits. */
  readonly commit: string;
  /** What was deployed before, as far as it is known: its differences from `commit` are what was deployed. */
  readonly previous: string | null;
  readonly waitedMs: number;
  /** How often the cluster was read. */
  readonly readings: number;
  /** What keeps the cluster from agreeing with the commit; the worst first. */
  readonly concerning: readonly ConcernedDivergence[];
  /** What differs and has nothing to do with this deployment; the worst first. */
  readonly beside: readonly ConcernedDivergence[];
}

export interface ConcernedDivergence {
  readonly ingress: { readonly namespace: string; readonly name: string };
  readonly divergence: ReportedDivergence;
}
