import { grouped } from "../elide.ts";
import { behind } from "../explain-divergence.ts";
import { SEVERITY_SIGNS } from "../markdown-section.ts";
import { say, value } from "../phrase.ts";
import { WHOLE_CLUSTER } from "./issue-state.ts";
import type { IssueView } from "./issue-view.ts";
import { dayCell, markdownTable, unbroken } from "./markdown-table.ts";
import { shortField } from "./short-field.ts";

/** Every divergence that is followed, one a row; those too that this run could not read. */
export function overviewTable({ state, shown }: IssueView, maxRows: number): string[] {
  if (state.status === "merged") return [];
  const reported = new Map(
    shown.flatMap(({ divergences }) => divergences.map((divergence) => [divergence.id, divergence])),
  );
  const isCluster = state.subject === WHOLE_CLUSTER;
  const rows = state.divergences.slice(0, maxRows).map((tracked) => {
    const divergence = reported.get(tracked.id);
    return [
      unbroken(`${SEVERITY_SIGNS[tracked.severity]} ${tracked.severity}`),
      unbroken(tracked.verdict),
      ...(isCluster ? [[value(tracked.ingress)]] : []),
      shortField(tracked.field),
      divergence === undefined ? say`not read this time` : behind(divergence),
      dayCell(tracked.since),
    ];
  });
  if (rows.length === 0) return [];
  const columns = ["Severity", "Verdict", ...(isCluster ? ["Ingress"] : []), "Field", "Who", "Since"];
  const left = state.divergences.length - rows.length + (state.more?.count ?? 0);
  const more = `_${grouped(left)} more differ and are left out of this table; the worst are in it._`;
  return [markdownTable(columns, rows), ...(left === 0 ? [] : [more])];
}
