import type { AuditReport } from "./audit-report.ts";
import { type MarkdownOptions, markdownReport } from "./markdown-report.ts";

/**
 * GitHub refuses more than 1 MiB a step.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
 */
export const MAX_SUMMARY_BYTES = 1024 * 1024 - 16 * 1024;

/** What a run's page shows: what the mode has to say, and then the whole report, cut between differences where it is too long. */
export function jobSummary(
  preface: string | null,
  report: AuditReport | null,
  options: Omit<MarkdownOptions, "maxLength">,
  maxBytes = MAX_SUMMARY_BYTES,
): string {
  const before = preface === null ? "" : `${preface.trimEnd()}\n\n`;
  if (report === null) return before;
  const room = maxBytes - Buffer.byteLength(before);
  return before + fitting(report, options, room);
}

/** The report counts characters and GitHub bytes: what is too long is drawn again, shorter by that ratio. */
function fitting(report: AuditReport, options: MarkdownOptions, room: number): string {
  let maxLength = room;
  for (;;) {
    const markdown = markdownReport(report, { ...options, maxLength });
    const bytes = Buffer.byteLength(markdown);
    if (bytes <= room) return markdown;
    maxLength = Math.floor((Math.min(maxLength, markdown.length) * room) / bytes) - 1;
  }
}
