import type { AuditReport, LeftOutEntry, ReportedBelowMinSeverity, ReportedIgnored } from "./audit-report.ts";
import { elide } from "./elide.ts";
import { formatValue } from "./format-value.ts";
import { fieldPhrase, own, type Phrase, say, value } from "./phrase.ts";
import type { Page } from "./text-divergence.ts";
import { wrapPhrase } from "./wrap-phrase.ts";

/** What ignore rules took out, by rule, with each rule's reason; and what is less severe than was asked for. */
export function textLeftOut({ ignored, belowMinSeverity }: AuditReport, page: Page): string[] {
  const rules = ignored.flatMap((rule) => textRule(rule, page));
  return [
    ...(rules.length === 0 ? [] : ["", page.paint("bold", "── Ignored"), ...rules]),
    ...textLesser(belowMinSeverity, page),
  ];
}

function textRule({ rule, count, reason, entries = [] }: ReportedIgnored, page: Page): string[] {
  const noun = count === 1 ? "divergence" : "divergences";
  const title = say`${value(rule)}  ${own(`${count} ${noun}`)}: ${reason}`;
  const lines = wrapPhrase(title, page.width - 2, page.paint, (kind) => (kind === "value" ? "bold" : null));
  return [
    "",
    ...lines.map((line) => `  ${line}`),
    ...entries.flatMap((entry) => textEntry(entryPhrase(entry), page)),
  ];
}

function textLesser({ minSeverity, count, entries = [] }: ReportedBelowMinSeverity, page: Page): string[] {
  if (count === 0) return [];
  const noun = count === 1 ? "divergence" : "divergences";
  return [
    "",
    page.paint("bold", `── Less severe than ${minSeverity}`),
    "",
    `  ${count} ${noun}, counted and not attributed`,
    ...entries.flatMap((entry) => textEntry(say`${own(`${entry.severity}: `)}${entryPhrase(entry)}`, page)),
  ];
}

function entryPhrase({ namespace, name, field, change, desired, live }: LeftOutEntry): Phrase {
  const git = change === "added" ? [] : say`${value(elide(formatValue(desired), 80))}`;
  const cluster = change === "removed" ? [] : say`${value(elide(formatValue(live), 80))}`;
  const arrow = git.length > 0 && cluster.length > 0 ? " → " : "";
  return say`${value(`${namespace}/${name}`)} ${fieldPhrase(field)} ${own(change)}: ${git}${own(arrow)}${cluster}`;
}

function textEntry(phrase: Phrase, page: Page): string[] {
  return wrapPhrase(phrase, page.width - 4, page.paint, () => "dim").map((line) => `    ${line}`);
}
