import type {
  AuditReport,
  ReportedBelowMinSeverity,
  ReportedIgnored,
  ReportedProblem,
} from "./audit-report.ts";
import type { Telling } from "./describe-commit.ts";
import {
  describeCoverage,
  describeGit,
  describeObserved,
  elsewhereWords,
  hiddenWords,
  quietlyDiffering,
} from "./describe-report.ts";
import { grouped } from "./elide.ts";
import { behind } from "./explain-divergence.ts";
import { linksFor } from "./links.ts";
import { markdownCell, markdownPhrase } from "./markdown-phrase.ts";
import { markdownSectionParts, SEVERITY_SIGNS } from "./markdown-section.ts";
import { fieldPhrase, own, type Phrase, say, value } from "./phrase.ts";
import { isRepositoryFile } from "./repository-file.ts";
import { type ShownIngress, severityCounts, worstFirst } from "./worst-first.ts";

export interface MarkdownOptions {
  readonly now: Date;
  /** Also show controllers' writes and what ignore rules took out. */
  readonly showIgnored: boolean;
  /** The forge's address for links; GitHub's by default. There are links only where the report names a repository. */
  readonly serverUrl?: string;
  /** In characters; differences beyond it are left out, the worst are kept, and the report says so. */
  readonly maxLength?: number;
}

/** Rows of the overview; the sections below it hold the rest. */
const MAX_ROWS = 100;

/** The report as GitHub-flavoured Markdown. Every text that was read is escaped: it cannot link, mention or format. */
export function markdownReport(report: AuditReport, options: MarkdownOptions): string {
  const telling: Telling = { now: options.now, links: linksFor(report, options.serverUrl) };
  const shown = worstFirst(report, options);
  const before = [
    ...heading(report, shown, options),
    ...overview(shown),
    ...problems(report.problems, telling),
  ];
  const after = options.showIgnored ? [...ignored(report.ignored), ...lesser(report.belowMinSeverity)] : [];
  const parts = shown.flatMap((entry) => markdownSectionParts(entry, telling));
  const room = (options.maxLength ?? Number.POSITIVE_INFINITY) - lengthOf([...before, ...after]) - 200;
  const kept = fitting(parts, room);
  const left = parts.length - kept.length;
  const note =
    left === 0 ? [] : [`_${grouped(left)} more differences are left out here; the json report holds all._`];
  return `${[...before, ...kept, ...note, ...after].join("\n\n")}\n`;
}

function heading(report: AuditReport, shown: readonly ShownIngress[], options: MarkdownOptions): string[] {
  const observed = say`${describeObserved(report, options.now)}; ${describeCoverage(report)}`;
  const hidden = hiddenWords(report, options).replace(/ \(.*\)/, "");
  const elsewhere = elsewhereWords(report);
  return [
    `## ${title(report, shown)}`,
    markdownPhrase(say`${value(report.cluster.name ?? "cluster")} against ${describeGit(report)}`),
    markdownPhrase(observed).replace(/^./, (letter) => letter.toUpperCase()),
    ...(hidden === "" ? [] : [`Not shown: ${hidden}.`]),
    ...(elsewhere === "" ? [] : [`${elsewhere}.`]),
  ];
}

function title(report: AuditReport, shown: readonly ShownIngress[]): string {
  const total = report.ingresses.length;
  if (shown.length > 0) {
    const counts = severityCounts(shown).map(
      ([severity, count]) => `${SEVERITY_SIGNS[severity]} ${count} ${severity}`,
    );
    const noun = total === 1 ? "Ingress" : "Ingresses";
    return `${shown.length} of ${total} ${noun} ${shown.length === 1 ? "differs" : "differ"}: ${counts.join(", ")}`;
  }
  const { inSync } = report.summary;
  const quiet = quietlyDiffering(report, 0);
  const isWhole = report.problems.every((problem) => problem.level === "warning");
  if (!isWhole) {
    return `⚠️ Not everything could be audited; ${quiet === 0 ? "the rest is in sync" : `of the rest ${inSync} of ${total} match Git`}`;
  }
  if (total === 0) return "⚪ Nothing to compare";
  if (quiet === 0)
    return `✅ In sync: ${total === 1 ? "the one Ingress matches" : `all ${total} Ingresses match`} Git`;
  const { count, minSeverity } = report.belowMinSeverity;
  return `${count > 0 ? `⚪ Nothing as severe as ${minSeverity}` : "✅ Nothing to report"}: ${inSync} of ${total} Ingresses match Git, ${quiet} ${quiet === 1 ? "differs" : "differ"} only in what is left out`;
}

function overview(shown: readonly ShownIngress[]): string[] {
  const rows = shown.flatMap(({ ingress, divergences }) =>
    divergences.map((divergence) =>
      row(
        [own(`${SEVERITY_SIGNS[divergence.severity]} ${divergence.severity}`)],
        [own(divergence.verdict)],
        [value(`${ingress.namespace}/${ingress.name}`)],
        fieldPhrase(divergence.field),
        behind(divergence),
      ),
    ),
  );
  if (rows.length === 0) return [];
  const left = rows.length - MAX_ROWS;
  return [
    [
      "| Severity | Verdict | Ingress | Field | Who |",
      "|---|---|---|---|---|",
      ...rows.slice(0, MAX_ROWS),
    ].join("\n"),
    ...(left > 0 ? [`_${grouped(left)} more rows are left out of this table._`] : []),
  ];
}

function problems(found: readonly ReportedProblem[], { links }: Telling): string[] {
  if (found.length === 0) return [];
  const rows = found.slice(0, MAX_ROWS).map((problem) => {
    const place = problem.line === null ? problem.path : `${problem.path}:${problem.line}`;
    const sign = problem.level === "error" ? "❌ error" : "⚠️ warning";
    return row(
      [own(sign)],
      [value(place, isRepositoryFile(problem.path) ? links.file(problem.path, problem.line) : null)],
      [value(problem.code)],
      say`${problem.message}`,
      say`${problem.remedy}`,
    );
  });
  const left = found.length - MAX_ROWS;
  return [
    "### Problems",
    ["| Level | Place | Code | What | What to do |", "|---|---|---|---|---|", ...rows].join("\n"),
    ...(left > 0 ? [`_${grouped(left)} more problems are left out here; the json report holds all._`] : []),
  ];
}

function ignored(rules: readonly ReportedIgnored[]): string[] {
  if (rules.length === 0) return [];
  const rows = rules.map((rule) => row([value(rule.rule)], [own(String(rule.count))], say`${rule.reason}`));
  return ["### Ignored", ["| Rule | Count | Reason |", "|---|---|---|", ...rows].join("\n")];
}

function lesser({ minSeverity, count, entries = [] }: ReportedBelowMinSeverity): string[] {
  if (count === 0) return [];
  const rows = entries
    .slice(0, MAX_ROWS)
    .map(({ severity, namespace, name, field, change }) =>
      row([own(severity)], [value(`${namespace}/${name}`)], fieldPhrase(field), [own(change)]),
    );
  const left = count - rows.length;
  return [
    `### Less severe than ${minSeverity}`,
    ["| Severity | Ingress | Field | Change |", "|---|---|---|---|", ...rows].join("\n"),
    ...(left > 0 ? [`_${grouped(left)} more are left out here; the json report holds all._`] : []),
  ];
}

function row(...cells: readonly Phrase[]): string {
  return `| ${cells.map(markdownCell).join(" | ")} |`;
}

/** The longest beginning of the list that fits. */
function fitting(parts: readonly string[], room: number): readonly string[] {
  let left = room;
  const end = parts.findIndex((part) => {
    left -= part.length + 2;
    return left < 0;
  });
  return end === -1 ? parts : parts.slice(0, end);
}

function lengthOf(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + part.length + 2, 0);
}
