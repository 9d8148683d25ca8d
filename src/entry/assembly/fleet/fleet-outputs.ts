import path from "node:path";
import type { FleetAudit } from "../../../audit/fleet/fleet.ts";
import { AuditError } from "../../../model/audit-error.ts";
import { fleetMarkdown, markdownReportHeading } from "../../../report/fleet/fleet-markdown.ts";
import type { FleetSummary } from "../../../report/fleet/fleet-summary.ts";
import { fleetText, reportHeading } from "../../../report/fleet/fleet-text.ts";
import {
  type Format,
  formatParser,
  type Output,
  renderReport,
  type Writing,
  writeOutputFile,
  writeWithFolder,
} from "../outputs.ts";

const SUMMARY_FORMATS = ["text", "json", "markdown"] as const;
export type SummaryFormat = (typeof SUMMARY_FORMATS)[number];

export interface SummaryOutput {
  readonly format: SummaryFormat;
  /** null for standard output. */
  readonly file: string | null;
}

/** Read `markdown` or `markdown=summary.md`. */
export const parseSummaryOutput = formatParser("--summary", SUMMARY_FORMATS, "markdown=summary.md");

/** Where everything goes. */
export interface FleetOutputs {
  readonly reports: readonly Output[];
  readonly summaries: readonly SummaryOutput[];
}

type Reported = FleetAudit & { readonly kind: "report" };

/**
 * The file of one audit's report: `{cluster}` and `{repository}` in its name stand for theirs, and a folder, which ends
 * with `/`, takes a file for each. Names are cut down to what is safe in a file's name.
 */
export function fileOf(
  output: Output & { readonly file: string },
  audit: Pick<Reported, "cluster" | "repository">,
): string {
  const pattern = output.file.endsWith("/")
    ? `${output.file}{cluster}-{repository}.${ENDINGS[output.format]}`
    : output.file;
  return pattern.replace(/\{(cluster|repository)\}/g, (_, name: "cluster" | "repository") =>
    safeName(audit[name]),
  );
}

const ENDINGS: Record<Format, string> = { text: "txt", json: "json", markdown: "md", sarif: "sarif" };

function safeName(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[.-]+/, "") || "unnamed";
}

/**
 * @param audits Whose reports there will be.
 * @throws {AuditError} `usage` where two reports would go to one place.
 */
export function checkFleetOutputs(
  { reports, summaries }: FleetOutputs,
  audits: readonly Pick<Reported, "cluster" | "repository">[],
): void {
  const files = [
    ...reports.flatMap((output) => {
      const { file } = output;
      return file === null ? [] : audits.map((audit) => path.resolve(fileOf({ ...output, file }, audit)));
    }),
    ...summaries.flatMap(({ file }) => (file === null ? [] : [path.resolve(file)])),
  ];
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) {
    throw new AuditError({
      code: "usage",
      what: `Two reports would be written to ${twice}`,
      mend: "Write {cluster} and {repository} in the file's name, as in json=reports/{cluster}-{repository}.json.",
    });
  }
  if (audits.length > 1 && reports.some(({ format, file }) => format === "sarif" && file === null)) {
    throw new AuditError({
      code: "usage",
      what: "Several SARIF reports would go to standard output",
      mend: "Give them files: --output sarif=reports/{cluster}-{repository}.sarif.",
    });
  }
}

/**
 * Write the reports' files.
 *
 * @returns The files of each audit, by format.
 * @throws {AuditError} `output-unwritable`.
 */
export async function writeFleetReports(
  audits: readonly FleetAudit[],
  outputs: readonly Output[],
  writing: Writing,
): Promise<ReadonlyMap<FleetAudit, Readonly<Record<string, string>>>> {
  const written = new Map<FleetAudit, Readonly<Record<string, string>>>();
  for (const audit of audits) {
    if (audit.kind === "failed") continue;
    const files: Record<string, string> = {};
    for (const output of outputs) {
      if (output.file === null) continue;
      const file = fileOf({ ...output, file: output.file }, audit);
      await writeWithFolder(
        file,
        await renderReport(audit.report, output.format, {
          ...writing,
          color: false,
          repository: audit.repository,
        }),
      );
      files[output.format] = file;
    }
    written.set(audit, files);
  }
  return written;
}

/** What goes to standard output: one report after another, and the summary. */
export async function shownFleet(
  audits: readonly FleetAudit[],
  summary: FleetSummary,
  { reports, summaries }: FleetOutputs,
  writing: Writing,
): Promise<string> {
  const shown = reports.find(({ file }) => file === null)?.format;
  const parts: string[] = [];
  for (const audit of audits) {
    // The summary as JSON holds the reports; of SARIF there is one.
    if (audit.kind === "failed" || shown === undefined || shown === "json") continue;
    parts.push(
      `${headingOf(audit, shown, writing)}${await renderReport(audit.report, shown, { ...writing, repository: audit.repository })}`,
    );
  }
  const format = summaries.find(({ file }) => file === null)?.format;
  return (
    parts.map((part) => (shown === "sarif" ? part : `${part}\n`)).join("") +
    (format === undefined ? "" : await renderSummary(summary, format, writing))
  );
}

function headingOf({ cluster, repository }: Reported, format: Format, writing: Writing): string {
  if (format === "text") return `${reportHeading(cluster, repository, writing)}\n`;
  return format === "markdown" ? `${markdownReportHeading(cluster, repository)}\n` : "";
}

/** @throws {AuditError} `output-unwritable`. */
export async function writeSummaries(
  summary: FleetSummary,
  outputs: readonly SummaryOutput[],
  writing: Writing,
): Promise<void> {
  for (const { format, file } of outputs) {
    if (file === null) continue;
    await writeOutputFile(file, await renderSummary(summary, format, { ...writing, color: false }));
  }
}

async function renderSummary(
  summary: FleetSummary,
  format: SummaryFormat,
  { color, width }: Writing,
): Promise<string> {
  switch (format) {
    case "text":
      return fleetText(summary, { color, width });
    case "markdown":
      return fleetMarkdown(summary);
    case "json":
      return (await import("../../../report/fleet/fleet-json.ts")).fleetJson(summary);
    default:
      return format satisfies never;
  }
}
