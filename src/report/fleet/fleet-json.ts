import { checkedJson } from "../checked-json.ts";
import { type FleetSummary, fleetSummary } from "./fleet-summary.ts";

/** The summary as JSON. @throws {AuditError} `report-invalid`: a defect of this program. */
export function fleetJson(summary: FleetSummary): string {
  return checkedJson(fleetSummary, summary, "The summary");
}
