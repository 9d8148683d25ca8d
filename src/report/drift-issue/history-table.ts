import { grouped } from "../elide.ts";
import type { Links } from "../links.ts";
import { markdownCell } from "../markdown-phrase.ts";
import { recalled } from "./history-entry.ts";
import type { IssueState } from "./issue-state.ts";
import { markdownTable, minuteCell } from "./markdown-table.ts";

/** What happened, newest first; what one run found shares a row. */
export function historyTable(state: IssueState, links: Pick<Links, "commit">, maxEntries: number): string[] {
  const entries = state.history.slice(0, maxEntries);
  if (entries.length === 0) return [];
  const rows = [...Map.groupBy(entries, ({ at }) => at)].map(([at, together]) => [
    minuteCell(at),
    together.map((entry) => markdownCell(recalled(entry, links))).join("<br>"),
  ]);
  const left = state.forgotten + state.history.length - entries.length;
  return [
    "### What happened",
    markdownTable(["When (UTC)", "What"], rows),
    ...(left === 0 ? [] : [`_${grouped(left)} earlier entries are left out._`]),
  ];
}
