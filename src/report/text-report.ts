import { VERDICTS } from "../model/verdict.ts";
import type { AuditReport, ReportedIngress, ReportedProblem } from "./audit-report.ts";
import { describeCoverage, describeGit, describeObserved, hiddenWords } from "./describe-report.ts";
import { displayWidth } from "./display-width.ts";
import { escapeTerminal } from "./escape-terminal.ts";
import { linksFor } from "./links.ts";
import { createPaint, type Style } from "./paint.ts";
import { own, type Phrase, say, value } from "./phrase.ts";
import { labelled, type Page, SEVERITY_STYLES, textDivergence, VERDICT_STYLES } from "./text-divergence.ts";
import { textIgnored } from "./text-ignored.ts";
import { type ShownIngress, severityCounts, worstFirst } from "./worst-first.ts";
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
  const ignored = options.showIgnored ? textIgnored(report.ignored, page) : [];
  if (shown.length === 0 && report.problems.length === 0) {
    return joined([...inSync(report, options, page), ...ignored]);
  }
  return joined([
    ...header(report, page),
    ...shown.flatMap((entry) => section(entry, page)),
    ...ignored,
    ...problems(report.problems, page),
    ...summary(report, shown, options, page),
  ]);
}

function joined(lines: readonly string[]): string {
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
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

function inSync(report: AuditReport, options: TextOptions, page: Page): string[] {
  const { paint, width, telling } = page;
  const count = report.ingresses.length;
  const cluster = report.cluster.name === null ? say`the cluster` : [value(report.cluster.name)];
  const git = describeGit(report);
  const [mark, style, words]: [string, Style, Phrase] =
    count === 0
      ? ["○ ", "boldYellow", say`Nothing to compare: neither ${git} nor ${cluster} holds an Ingress here.`]
      : [
          "✔ ",
          "boldGreen",
          say`In sync: ${own(count === 1 ? "the one Ingress" : `all ${count} Ingresses`)} in ${cluster} ${own(count === 1 ? "matches" : "match")} ${git}.`,
        ];
  const details = say`${describeObserved(report, telling.now)}${own(hiddenWords(report, options))}`;
  return [
    ...wrapPhrase(words, width - 2, paint, () => style).map((line, index) =>
      index === 0 ? paint(style, mark) + line : `  ${line}`,
    ),
    ...wrapPhrase(details, width - 2, paint, () => "dim").map((line) => `  ${line}`),
  ];
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
  const title = `${escapeTerminal(namespace)}/${escapeTerminal(name)}`;
  const rule = "─".repeat(Math.max(0, Math.min(width, 100) - displayWidth(title) - 4));
  const where = origin === null ? say`not declared in Git` : say`${value(`${origin.path}:${origin.line}`)}`;
  const words = state === "missing" ? say`${where}, missing in the cluster` : where;
  return [
    `${paint("bold", `── ${title}`)} ${paint("dim", rule)}`,
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

function summary(
  report: AuditReport,
  shown: readonly ShownIngress[],
  options: TextOptions,
  page: Page,
): string[] {
  const { paint } = page;
  const total = report.ingresses.length;
  const row = (label: string, text: string) => `   ${paint("dim", label.padEnd(LABEL_WIDTH))}${text}`;
  const counts = (entries: readonly (readonly [string, number, Style])[]) =>
    entries.map(([name, count, style]) => paint(style, `${count} ${name}`)).join(paint("dim", " · "));
  const verdicts = VERDICTS.map((verdict) => {
    const count = shown
      .flatMap((entry) => entry.divergences)
      .filter((item) => item.verdict === verdict).length;
    return [verdict, count, VERDICT_STYLES[verdict]] as const;
  }).filter(([, count]) => count > 0);
  const severities = severityCounts(shown).map(
    ([name, count]) => [name, count, SEVERITY_STYLES[name]] as const,
  );
  const hidden = hiddenWords(report, options);
  return [
    "",
    paint("bold", "── Summary"),
    row(
      "Ingresses",
      `${paint("bold", `${shown.length} of ${total} differ`)}, ${report.summary.inSync} in sync`,
    ),
    ...(severities.length === 0
      ? []
      : [row("severity", counts(severities)), row("verdict", counts(verdicts))]),
    ...(hidden === "" ? [] : [row("not shown", hidden.trim())]),
    ...problemRows(report).map((text) => row("problems", text)),
  ];
}

const LABEL_WIDTH = 11;

function problemRows(report: AuditReport): string[] {
  const errors = report.problems.filter((problem) => problem.level === "error").length;
  const warnings = report.problems.length - errors;
  if (report.problems.length === 0) return [];
  const counts = [
    `${errors} error${errors === 1 ? "" : "s"}`,
    `${warnings} warning${warnings === 1 ? "" : "s"}`,
  ];
  const unreadable = report.summary.unreadable;
  if (unreadable === 0) return [counts.join(", ")];
  return [`${counts.join(", ")}; ${unreadable} Ingress${unreadable === 1 ? "" : "es"} could not be audited`];
}
