import type { AuditError } from "../../model/audit-error.ts";
import type { AuditTrail } from "../../ports/audit-trail.ts";
import type { ClusterReader } from "../../ports/cluster-reader.ts";
import type { AuditReport } from "../../report/audit-report.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";

/** One cluster, and the repositories that it is deployed from; in the configuration's order. */
export interface FleetCluster {
  readonly name: string;
  /** Whether the configuration names it; else what was read may know a better name. */
  readonly isNamed: boolean;
  readonly cluster: ClusterReader;
  /** null where no audit log was given. */
  readonly auditTrail: AuditTrail | null;
  readonly members: readonly Member[];
}

/** One repository of a cluster. */
export interface Member {
  /** As the configuration calls it. */
  readonly repository: string;
  /** @throws {AuditError} Where it cannot be read. */
  readonly open: () => Promise<OpenMember>;
}

export interface OpenMember {
  readonly request: AuditRequest;
  readonly ports: AuditPorts;
}

/** What became of one audit. */
export type FleetAudit =
  | {
      readonly kind: "report";
      readonly cluster: string;
      readonly repository: string;
      readonly report: AuditReport;
    }
  | {
      readonly kind: "failed";
      readonly cluster: string;
      /** null where the cluster itself could not be read. */
      readonly repository: string | null;
      readonly error: AuditError;
    };
