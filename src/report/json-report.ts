import { AuditError } from "../model/audit-error.ts";
import { type AuditReport, auditReport } from "./audit-report.ts";

/**
 * The report as JSON, indented, ended by a line break; keys stand in the order of the schema.
 *
 * @throws {AuditError} `report-invalid` where the report does not fit its own schema: a defect of this program.
 */
export function jsonReport(report: AuditReport): string {
  const checked = auditReport.safeParse(report);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new AuditError({
      code: "report-invalid",
      what: "The report does not fit its schema",
      where: { field: issue?.path.join(".") ?? "", message: issue?.message ?? "" },
      mend: "Report this as a defect of ingress-audit.",
      cause: checked.error,
    });
  }
  return `${JSON.stringify(checked.data, null, 2)}\n`;
}
