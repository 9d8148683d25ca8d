import { displayWidth, takeColumns } from "../display-width.ts";
import { escapeTerminal } from "../escape-terminal.ts";
import { createPaint, type Paint, type Style } from "../paint.ts";
import { own, say, value } from "../phrase.ts";
import { SEVERITY_STYLES } from "../text-divergence.ts";
import { trimPadding } from "../trim-padding.ts";
import { wrapPhrase } from "../wrap-phrase.ts";
import type { FleetSummary, SummarizedAudit } from "./fleet-summary.ts";
import {
  EVERY_REPOSITORY,
  NONE,
  SUMMARY_HEADS,
  scopeWords,
  summaryCells,
  totalCells,
  UNKNOWN,
} from "./summary-words.ts";

export interface FleetTextOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

const COLUMNS = ["cluster", "repository", "inSync", "verdicts", "worst", "problems", "status"] as const;
type Column = (typeof COLUMNS)[number];
type Row = Readonly<Record<Column, string>>;

const LONGEST_NAME = 32;

function columnsOf(width: number): number {
  return Math.max(40, width);
}

/** The summary for a terminal: a table with the worst first, the totals, and why what failed has failed. */
export function fleetText(summary: FleetSummary, { color, width }: FleetTextOptions): string {
  const paint = createPaint(color);
  const rows = summary.audits.map(rowOf);
  const total: Row = { cluster: "total", repository: "", ...totalCells(summary), status: "" };
  const columns = columnWidths([SUMMARY_HEADS, ...rows, total]);
  const isWide = COLUMNS.reduce((sum, column) => sum + columns[column] + 2, 1) <= columnsOf(width);
  const lines = isWide
    ? [
        tableLine(SUMMARY_HEADS, columns, () => "dim", paint),
        ...summary.audits.map((audit, index) =>
          tableLine(rows[index] as Row, columns, stylesOf(audit), paint),
        ),
        tableLine(total, columns, (column) => (column === "cluster" ? "bold" : null), paint),
      ]
    : [
        ...summary.audits.flatMap((audit, index) =>
          block(rows[index] as Row, stylesOf(audit), columnsOf(width), paint),
        ),
        ...block(total, () => null, columnsOf(width), paint),
      ];
  return [
    `${paint("bold", "══ Summary")}  ${scopeWords(summary)}`,
    "",
    ...lines,
    ...summary.audits.flatMap((audit) => failure(audit, columnsOf(width), paint)),
  ]
    .map((line) => `${trimPadding(line)}\n`)
    .join("");
}

/** Stands above each report of several. */
export function reportHeading(
  cluster: string,
  repository: string,
  { color, width }: FleetTextOptions,
): string {
  const title = `══ ${escapeTerminal(cluster)} · ${escapeTerminal(repository)} `;
  return `${createPaint(color)("bold", title + "═".repeat(Math.max(0, Math.min(width, 100) - displayWidth(title))))}\n`;
}

function rowOf(audit: SummarizedAudit): Row {
  const { cluster, repository, status } = audit;
  const name = repository === null ? EVERY_REPOSITORY : nameOf(repository);
  return { cluster: nameOf(cluster), repository: name, ...summaryCells(audit), status };
}

function nameOf(text: string): string {
  const name = escapeTerminal(text);
  return displayWidth(name) <= LONGEST_NAME ? name : `${takeColumns(name, LONGEST_NAME - 1)}…`;
}

function columnWidths(rows: readonly Row[]): Readonly<Record<Column, number>> {
  const widest = (column: Column) => Math.max(...rows.map((row) => displayWidth(row[column])));
  return Object.fromEntries(COLUMNS.map((column) => [column, widest(column)])) as Record<Column, number>;
}

const STATUS_STYLES: Record<SummarizedAudit["status"], Style> = {
  failed: "badge",
  incomplete: "boldRed",
  diverged: "boldYellow",
  clean: "boldGreen",
};

function stylesOf({ status, maxSeverity }: SummarizedAudit): (column: Column) => Style | null {
  return (column) => {
    if (column === "status") return STATUS_STYLES[status];
    if (column === "worst") return maxSeverity === null ? "dim" : SEVERITY_STYLES[maxSeverity];
    return column === "cluster" || column === "repository" ? "bold" : null;
  };
}

function tableLine(
  row: Row,
  columns: Readonly<Record<Column, number>>,
  style: (column: Column) => Style | null,
  paint: Paint,
): string {
  const cells = COLUMNS.map((column) => {
    const space = " ".repeat(columns[column] - displayWidth(row[column]));
    const painted = paint(style(column), row[column]);
    return column === "inSync" ? space + painted : painted + space;
  });
  return ` ${cells.join("  ")}`;
}

/** Where the table is wider than the terminal: two lines a row. */
function block(row: Row, style: (column: Column) => Style | null, width: number, paint: Paint): string[] {
  const names = [row.cluster, row.repository].filter((name) => name !== "").join(" · ");
  const title = ` ${paint("bold", names)}  ${paint(style("status"), row.status)}`;
  if (row.inSync === UNKNOWN) return [title];
  const counts = [`${row.inSync} in sync`, row.verdicts, row.worst, row.problems];
  const words = say`${own(counts.filter((count) => count !== NONE).join(" · "))}`;
  return [title, ...wrapPhrase(words, width - 4, paint, () => null).map((line) => `   ${line}`)];
}

function failure({ cluster, repository, error }: SummarizedAudit, width: number, paint: Paint): string[] {
  if (error === null) return [];
  const whose = say`${value(cluster)} · ${repository === null ? own(EVERY_REPOSITORY) : value(repository)}`;
  const where = Object.entries(error.where).map(([name, text]) => say`${name}: ${value(text)}`);
  const lines = (phrase: ReturnType<typeof say>, style: Style | null) =>
    wrapPhrase(phrase, width - 5, paint, (kind) => (kind === "value" ? "bold" : style));
  return [
    "",
    ...lines(whose, "bold").map((line, index) =>
      index === 0 ? ` ${paint("boldRed", "✘")} ${line}` : `   ${line}`,
    ),
    ...error.what.split("\n").flatMap((what) => lines(say`${what}`, null).map((line) => `   ${line}`)),
    ...where.flatMap((phrase) => lines(phrase, "dim").map((line) => `   ${line}`)),
    ...lines(say`→ ${error.mend}`, null).map((line) => `   ${line}`),
  ];
}
