import type { AuditReport, ReportedIngress, ReportedProblem } from "./audit-report.ts";
import {
  describeCoverage,
  describeGit,
  describeObserved,
  elsewhereWords,
  hiddenWords,
  quietlyDiffering,
} from "./describe-report.ts";
import { displayWidth } from "./display-width.ts";
import { escapeTerminal } from "./escape-terminal.ts";
import { linksFor } from "./links.ts";
import { createPaint, type Style } from "./paint.ts";
import { own, type Phrase, say, value } from "./phrase.ts";
import { labelled, type Page, textDivergence } from "./text-divergence.ts";
import { textLeftOut } from "./text-left-out.ts";
import { textSummary } from "./text-summary.ts";
import { trimPadding } from "./trim-padding.ts";
import { type ShownIngress, worstFirst } from "./worst-first.ts";
import { wrapPhrase } from "./wrap-phrase.ts";

export interface TextOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  readonly now: Date;
  /** Also show controllers' writes and what ignore rules took out. */
  readonly showIgnored: boolean;
}

/** The report for a terminal. Every text that was read is escaped: only our own colour codes control the terminal. */
export function textReport(report: AuditReport, options: TextOptions): string {
  const page: Page = {
    paint: createPaint(options.color),
    width: Math.max(40, options.width),
    telling: { now: options.now, links: linksFor(report) },
  };
  const shown = worstFirst(report, options);
  const leftOut = options.showIgnored ? textLeftOut(report, page) : [];
  if (shown.length === 0 && report.problems.every((problem) => problem.level === "warning")) {
    return joined([...nothingToShow(report, options, page), ...leftOut, ...problems(report.problems, page)]);
  }
  return joined([
    ...header(report, page),
    ...shown.flatMap((entry) => section(entry, page)),
    ...leftOut,
    ...problems(report.problems, page),
    ...textSummary(report, shown, options, page),
  ]);
}

function joined(lines: readonly string[]): string {
  return `${lines.map(trimPadding).join("\n")}\n`;
}

function header(report: AuditReport, page: Page): string[] {
  const first = say`${own("ingress-audit")}  ${value(report.cluster.name ?? "cluster")}  ${describeGit(report)}`;
  const styles = (kind: string): Style | null => (kind === "value" ? "bold" : "dim");
  return [
    ...wrapPhrase(first, page.width, page.paint, styles),
    ...wrapPhrase(describeObserved(report, page.telling.now), page.width, page.paint, () => "dim"),
    ...wrapPhrase(describeCoverage(report), page.width, page.paint, () => "dim"),
  ];
}

function nothingToShow(report: AuditReport, options: TextOptions, page: Page): string[] {
  const { paint, width, telling } = page;
  const { mark, style, words } = verdictOnAll(report);
  const details = [
    describeObserved(report, telling.now),
    [own(hiddenWords(report, options))],
    [own(elsewhereWords(report))],
  ];
  return [
    ...wrapPhrase(words, width - 2, paint, () => style).map((line, index) =>
      index === 0 ? paint(style, mark) + line : `  ${line}`,
    ),
    ...details.flatMap((phrase) =>
      wrapPhrase(phrase, width - 2, paint, () => "dim").map((line) => `  ${line}`),
    ),
  ];
}

/** One sentence where no divergence is shown. Only what matches in everything is called in sync. */
function verdictOnAll(report: AuditReport): { mark: string; style: Style; words: Phrase } {
  const { summary, belowMinSeverity, ingresses } = report;
  const git = describeGit(report);
  const cluster = report.cluster.name === null ? say`the cluster` : [value(report.cluster.name)];
  const total = ingresses.length;
  if (total === 0) {
    const words = say`Nothing to compare: neither ${git} nor ${cluster} holds an Ingress here.`;
    return { mark: "○ ", style: "boldYellow", words };
  }
  const quiet = quietlyDiffering(report, 0);
  if (quiet === 0) {
    const all = total === 1 ? "the one Ingress" : `all ${total} Ingresses`;
    const words = say`In sync: ${own(all)} in ${cluster} ${own(total === 1 ? "matches" : "match")} ${git}.`;
    return { mark: "✔ ", style: "boldGreen", words };
  }
  const isLesser = belowMinSeverity.count > 0;
  const title = isLesser ? `Nothing as severe as ${belowMinSeverity.minSeverity}` : "Nothing to report";
  const words = say`${own(title)}: ${own(`${summary.inSync} of ${total} Ingresses`)} in ${cluster} ${own(summary.inSync === 1 ? "matches" : "match")} ${git}, ${own(`${quiet} ${quiet === 1 ? "differs" : "differ"} only in what is left out`)}.`;
  return { mark: isLesser ? "○ " : "✔ ", style: isLesser ? "boldYellow" : "boldGreen", words };
}

function section({ ingress, divergences }: ShownIngress, page: Page): string[] {
  return [
    "",
    ...ingressHeading(ingress, page),
    ...divergences.flatMap((divergence) => ["", ...textDivergence(divergence, ingress, page)]),
  ];
}

function ingressHeading(
  { namespace, name, state, origin }: ReportedIngress,
  { paint, width }: Page,
): string[] {
  const title = wrapPhrase([value(`${namespace}/${name}`)], width - 5, paint, () => "bold");
  const used = displayWidth(`${escapeTerminal(namespace)}/${escapeTerminal(name)}`) + 4;
  const rule =
    title.length > 1 ? "" : ` ${paint("dim", "─".repeat(Math.max(0, Math.min(width, 100) - used)))}`;
  const where = origin === null ? say`not declared in Git` : say`${value(`${origin.path}:${origin.line}`)}`;
  const words = state === "missing" ? say`${where}, missing in the cluster` : where;
  return [
    ...title.map((line, index) => (index === 0 ? paint("bold", "── ") : "   ") + line + rule),
    ...wrapPhrase(words, width - 3, paint, () => "dim").map((line) => `   ${line}`),
  ];
}

function problems(found: readonly ReportedProblem[], page: Page): string[] {
  if (found.length === 0) return [];
  return ["", page.paint("bold", "── Problems"), ...found.flatMap((problem) => textProblem(problem, page))];
}

function textProblem(problem: ReportedProblem, page: Page): string[] {
  const place = problem.line === null ? problem.path : `${problem.path}:${problem.line}`;
  const style = problem.level === "error" ? "boldRed" : "boldYellow";
  const title = wrapPhrase(
    say`${value(place)}  ${own("[")}${problem.code}${own("]")}`,
    page.width - 12,
    page.paint,
    (kind) => (kind === "value" ? "bold" : "dim"),
  );
  const ingress =
    problem.ingress === null ? [] : say` (${value(`${problem.ingress.namespace}/${problem.ingress.name}`)})`;
  return [
    "",
    ...title.map(
      (line, index) =>
        `  ${index === 0 ? page.paint(style, problem.level.padEnd(7)) : " ".repeat(7)}  ${line}`,
    ),
    ...labelled("what", say`${problem.message}${ingress}`, page),
    ...labelled("next", say`${problem.remedy}`, page),
  ];
}
