import type { ClusterWrite } from "../model/cluster-write.ts";
import type { Problem } from "../model/problem.ts";

/** The API server's audit log, from wherever it is kept. */
export interface AuditTrail {
  /** @throws {AuditError} `audit-log-unreadable`. */
  read(signal: AbortSignal): Promise<AuditTrailContent>;
}

export interface AuditTrailContent {
  /** Successful writes to Ingress objects, without dry runs and duplicates, in the order in which the server made them. */
  readonly writes: readonly ClusterWrite[];
  /** When the log's first and last event of any kind happened; null where it holds none. UTC, ISO 8601. */
  readonly firstEventAt: string | null;
  readonly lastEventAt: string | null;
  /** How many events of any kind the log holds. */
  readonly eventCount: number;
  /** Refused writes (401, 403), kept apart from those that happened. */
  readonly refused: readonly RefusedWrite[];
  readonly problems: readonly Problem[];
}

export interface RefusedWrite {
  readonly auditID: string;
  readonly at: string;
  readonly verb: string;
  readonly user: string;
  readonly namespace: string;
  readonly name: string | null;
  readonly status: number;
}
