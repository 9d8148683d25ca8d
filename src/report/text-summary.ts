import { VERDICTS, type Verdict } from "../model/verdict.ts";
import type { AuditReport } from "./audit-report.ts";
import { elsewhereWords, hiddenWords, quietlyDiffering } from "./describe-report.ts";
import type { Style } from "./paint.ts";
import { own } from "./phrase.ts";
import {
  beside,
  contentWidth,
  labelled,
  type Page,
  SEVERITY_STYLES,
  VERDICT_STYLES,
} from "./text-divergence.ts";
import { type ShownIngress, severityCounts } from "./worst-first.ts";

/** The counts at the end of a report, where a terminal leaves the reader. */
export function textSummary(
  report: AuditReport,
  shown: readonly ShownIngress[],
  options: { readonly showIgnored: boolean },
  page: Page,
): string[] {
  const { paint } = page;
  const divergences = shown.flatMap((entry) => entry.divergences);
  const count = (verdict: Verdict) => divergences.filter((item) => item.verdict === verdict).length;
  const severities = severityCounts(shown).map(([severity, amount]) => ({
    text: `${amount} ${severity}`,
    style: SEVERITY_STYLES[severity],
  }));
  const verdicts = VERDICTS.filter((verdict) => count(verdict) > 0).map((verdict) => ({
    text: `${count(verdict)} ${verdict}`,
    style: VERDICT_STYLES[verdict],
  }));
  const quiet = quietlyDiffering(report, shown.length);
  const total = [
    paint("bold", `${shown.length} of ${report.ingresses.length} differ`),
    `${report.summary.inSync} in sync`,
    ...(quiet === 0 ? [] : [`${quiet} only in what is left out`]),
  ].join(", ");
  return [
    "",
    paint("bold", "── Summary"),
    ...beside("Ingresses", "dim", [total], paint),
    ...beside("severity", "dim", countLines(severities, page), paint),
    ...beside("verdict", "dim", countLines(verdicts, page), paint),
    ...labelled("not shown", [own(hiddenWords(report, options))], page),
    ...labelled("elsewhere", [own(elsewhereWords(report))], page),
    ...labelled("problems", [own(problemWords(report))], page),
  ];
}

/** Counts one after another, on as many lines as they need. */
function countLines(counts: readonly { text: string; style: Style }[], page: Page): string[] {
  const lines: string[] = [];
  let room = 0;
  for (const { text, style } of counts) {
    const painted = page.paint(style, text);
    const fits = lines.length > 0 && text.length + 3 <= room;
    if (fits) lines.push(`${lines.pop()}${page.paint("dim", " · ")}${painted}`);
    else lines.push(painted);
    room = fits ? room - text.length - 3 : contentWidth(page) - text.length;
  }
  return lines;
}

function problemWords({ problems: found, summary: { unreadable } }: AuditReport): string {
  if (found.length === 0) return "";
  const errors = found.filter((problem) => problem.level === "error").length;
  const warnings = found.length - errors;
  const counts = `${errors} error${errors === 1 ? "" : "s"}, ${warnings} warning${warnings === 1 ? "" : "s"}`;
  return unreadable === 0
    ? counts
    : `${counts}; ${unreadable} Ingress${unreadable === 1 ? "" : "es"} could not be audited`;
}
