import type { AuditReport } from "../report/audit-report.ts";
import { type TraceFields, traceFields } from "./attributed/trace-fields.ts";
import type { AuditPorts, AuditRequest } from "./audit-request.ts";
import { gather } from "./gather/gather.ts";
import { reportOf } from "./run-audit.ts";

/** A report, and what the same reading of Git and the cluster can still be asked. */
export interface TracedAudit {
  readonly report: AuditReport;
  readonly scope: AuditScope;
  /** What is behind fields that differed at an earlier audit and do not any more. */
  readonly trace: TraceFields;
}

/** What an audit looked at: of what lies outside it says nothing. */
export interface AuditScope {
  /** The namespaces whose objects were read whole. */
  readonly namespaces: "all" | readonly string[];
  /** True where only some paths of the repository were audited. */
  readonly isNarrowed: boolean;
}

/**
 * An audit for those who follow divergences over several of them.
 *
 * @throws {AuditError} Where the audit could not be done: no access, no such ref, unreadable input.
 */
export async function runTracedAudit(request: AuditRequest, ports: AuditPorts): Promise<TracedAudit> {
  const gathered = await gather(request, ports);
  return {
    report: await reportOf(request, ports, gathered),
    scope: { namespaces: gathered.live.namespaces, isNarrowed: request.isNarrowed },
    trace: (fields) => traceFields(request, ports, gathered, fields),
  };
}
