import { jobSummary, MAX_SUMMARY_BYTES } from "../job-summary.ts";
import type { MarkdownOptions } from "../markdown-report.ts";
import { fleetMarkdown, markdownReportHeading } from "./fleet-markdown.ts";
import type { FleetSummary } from "./fleet-summary.ts";

/** A report that would be cut to less tells nothing. */
const LEAST_BYTES = 8 * 1024;

/**
 * What a run's page shows of several audits: the summary first, then the reports, the worst first, as long as GitHub
 * takes them; those that show no difference are in the summary's row alone.
 */
export function fleetJobSummary(summary: FleetSummary, options: Omit<MarkdownOptions, "maxLength">): string {
  let text = fleetMarkdown(summary);
  let left = 0;
  for (const { cluster, repository, status, report } of summary.audits) {
    if (report === undefined || status === "clean") continue;
    const heading = `\n${markdownReportHeading(cluster, repository ?? "")}\n`;
    const room = MAX_SUMMARY_BYTES - Buffer.byteLength(text) - Buffer.byteLength(heading);
    if (room < LEAST_BYTES) left += 1;
    else text += heading + jobSummary(null, report, options, room);
  }
  if (left === 0) return text;
  return `${text}\n_${left} more ${left === 1 ? "report is" : "reports are"} left out here; the json report holds all._\n`;
}
