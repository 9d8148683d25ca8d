import type { AuditRequest } from "../audit-request.ts";

/** What was deployed, and how long to wait for it. */
export interface DeploymentRequest {
  /** `ref` is what was deployed. */
  readonly audit: AuditRequest;
  /**
   * What the cluster ran before, in order of preference: revisions that the clone does not hold are passed over. With none
   * left it is the deployed commit's first parent.
   */
  readonly previous: readonly string[];
  readonly timeoutMs: number;
  /** Whether differences that this deployment has nothing to do with count too. */
  readonly countsOtherDrift: boolean;
}

/** Time and chance, passed in. */
export interface Patience {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0, inclusive, to 1. */
  readonly random: () => number;
}
