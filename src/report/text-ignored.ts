import type { ReportedIgnored } from "./audit-report.ts";
import { elide } from "./elide.ts";
import { formatValue } from "./format-value.ts";
import { fieldPhrase, own, type Phrase, say, value } from "./phrase.ts";
import type { Page } from "./text-divergence.ts";
import { wrapPhrase } from "./wrap-phrase.ts";

/** What ignore rules took out, by rule, with each rule's reason. */
export function textIgnored(ignored: readonly ReportedIgnored[], page: Page): string[] {
  if (ignored.length === 0) return [];
  return ["", page.paint("bold", "── Ignored"), ...ignored.flatMap((rule) => textRule(rule, page))];
}

function textRule({ rule, count, reason, entries = [] }: ReportedIgnored, page: Page): string[] {
  const noun = count === 1 ? "divergence" : "divergences";
  const title = say`${value(rule)}  ${own(`${count} ${noun}`)}: ${reason}`;
  const wrap = (phrase: Phrase, indent: number, quiet: boolean) =>
    wrapPhrase(phrase, page.width - indent, page.paint, (kind) =>
      quiet ? "dim" : kind === "value" ? "bold" : null,
    ).map((line) => " ".repeat(indent) + line);
  return [
    "",
    ...wrap(title, 2, false),
    ...entries.flatMap((entry) => {
      const field = fieldPhrase(entry.field);
      const side = entry.change === "removed" ? entry.desired : entry.live;
      const shown = elide(formatValue(side), 80);
      return wrap(
        say`${value(`${entry.namespace}/${entry.name}`)} ${field} ${own(entry.change)}: ${value(shown)}`,
        4,
        true,
      );
    }),
  ];
}
