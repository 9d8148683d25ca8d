import { markdownCell } from "../markdown-phrase.ts";
import type { Phrase } from "../phrase.ts";

/** @param rows Each with as many cells as there are columns; a cell is a phrase, or Markdown of ours. */
export function markdownTable(
  columns: readonly string[],
  rows: readonly (readonly (Phrase | string)[])[],
): string {
  return [row(columns), `|${"---|".repeat(columns.length)}`, ...rows.map(row)].join("\n");
}

function row(cells: readonly (Phrase | string)[]): string {
  return `| ${cells.map((cell) => (typeof cell === "string" ? cell : markdownCell(cell))).join(" | ")} |`;
}

/** Our own words for a narrow cell, which no browser breaks at their spaces and hyphens. */
export function unbroken(words: string): string {
  return words.replaceAll(" ", "&nbsp;").replaceAll("-", "-&#8288;");
}

/** `2026-03-04 09:12`, of a time in UTC that the column calls so, unbroken; what is no time is not shown. */
export function minuteCell(at: string): string {
  return timeCell(at, "2026-03-04T09:12".length);
}

/** `2026-03-04`, likewise. */
export function dayCell(at: string): string {
  return timeCell(at, "2026-03-04".length);
}

function timeCell(at: string, length: number): string {
  const instant = Date.parse(at);
  if (Number.isNaN(instant)) return "unknown";
  return unbroken(new Date(instant).toISOString().slice(0, length).replace("T", " "));
}
