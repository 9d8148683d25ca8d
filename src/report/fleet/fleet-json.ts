import { AuditError } from "../../model/audit-error.ts";
import { type FleetSummary, fleetSummary } from "./fleet-summary.ts";

/**
 * The summary as JSON, indented, ended by a line break; keys stand in the order of the schema.
 *
 * @throws {AuditError} `report-invalid` where it does not fit its own schema: a defect of this program.
 */
export function fleetJson(summary: FleetSummary): string {
  const checked = fleetSummary.safeParse(summary);
  if (checked.success) return `${JSON.stringify(checked.data, null, 2)}\n`;
  const [issue] = checked.error.issues;
  throw new AuditError({
    code: "report-invalid",
    what: "The summary does not fit its schema",
    where: { field: issue?.path.join(".") ?? "", message: issue?.message ?? "" },
    mend: "Report this as a defect of ingress-audit.",
    cause: checked.error,
  });
}
