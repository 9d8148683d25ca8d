import type { AuditError } from "../../model/audit-error.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import type { Gathered } from "../gather/gathered.ts";

/** What was gathered for one repository of a cluster, or why nothing was. */
export type MemberAudit =
  | {
      readonly kind: "gathered";
      readonly repository: string;
      readonly request: AuditRequest;
      readonly ports: AuditPorts;
      readonly gathered: Gathered;
    }
  | { readonly kind: "failed"; readonly repository: string; readonly error: AuditError };
