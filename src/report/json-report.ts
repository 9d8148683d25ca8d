import { type AuditReport, auditReport } from "./audit-report.ts";
import { checkedJson } from "./checked-json.ts";

/** The report as JSON. @throws {AuditError} `report-invalid`: a defect of this program. */
export function jsonReport(report: AuditReport): string {
  return checkedJson(auditReport, report, "The report");
}
