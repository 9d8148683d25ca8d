import type { AuditReport } from "../../report/audit-report.ts";
import type { AuditRequest } from "../audit-request.ts";

/** What was deployed, and how long to wait for it. */
export interface DeploymentRequest {
  /** Of the commit that was deployed. */
  readonly audit: AuditRequest;
  /**
   * What the cluster ran before, in order of preference: revisions that the clone does not hold are passed over. With none
   * left it is the deployed commit's first parent.
   */
  readonly previous: readonly string[];
  readonly timeoutMs: number;
  /** Whether differences that this deployment has nothing to do with count too. */
  readonly countsOtherDrift: boolean;
  /** Adds to the last report what is only worth asking for once, such as logins. */
  readonly complete: (report: AuditReport) => Promise<AuditReport>;
}

/** Time and chance, passed in. */
export interface Patience {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0, inclusive, to 1. */
  readonly random: () => number;
}
