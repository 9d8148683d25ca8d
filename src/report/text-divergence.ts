import type { Severity } from "../model/severity.ts";
import type { Verdict } from "../model/verdict.ts";
import type { ReportedDivergence, ReportedIngress } from "./audit-report.ts";
import type { Telling } from "./describe-commit.ts";
import { changeWords, explainDivergence } from "./explain-divergence.ts";
import type { DiffLine } from "./line-diff.ts";
import type { Paint, Style } from "./paint.ts";
import { fieldPhrase, own, type Phrase, say, value } from "./phrase.ts";
import { valueLines } from "./value-lines.ts";
import { wrapPhrase } from "./wrap-phrase.ts";

/** What every part of the text report needs. */
export interface Page {
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  readonly telling: Telling;
}

const INDENT = 4;
const LABEL = 10;
const DIFF_LINES = 14;

export const SEVERITY_STYLES: Record<Severity, Style> = {
  critical: "badge",
  high: "boldRed",
  medium: "boldYellow",
  low: "boldBlue",
};

export const VERDICT_STYLES: Record<Verdict, Style> = {
  "out-of-band": "boldMagenta",
  pending: "boldYellow",
  unmerged: "boldCyan",
  controller: "dim",
};

/** One divergence: the heading, what differs, and the answers. */
export function textDivergence(
  divergence: ReportedDivergence,
  ingress: ReportedIngress,
  page: Page,
): readonly string[] {
  const answers = explainDivergence(divergence, page.telling).flatMap(({ label, phrase }) =>
    labelled(label, phrase, page),
  );
  return [...heading(divergence, ingress, page), ...differing(divergence, page), ...answers];
}

/** A label and a phrase, wrapped beside it. */
export function labelled(label: string, phrase: Phrase, page: Page): string[] {
  const style = label === "next" ? "boldGreen" : label === "conflict" ? "boldYellow" : "dim";
  const lines = wrapPhrase(phrase, contentWidth(page), page.paint, (kind) => {
    if (kind === "own") return null;
    return label === "who" ? "bold" : kind === "value" ? "cyan" : null;
  });
  return beside(label, style, lines, page.paint);
}

/** Under a tag of severity and verdict, the field; where there is room the place in the file beside it. */
function heading(divergence: ReportedDivergence, ingress: ReportedIngress, { paint, width }: Page): string[] {
  const { severity, verdict, field, line } = divergence;
  const words = `${changeWords(divergence)}${ingress.origin === null || line === null ? "" : " · "}`;
  const place = ingress.origin === null || line === null ? [] : [value(`${ingress.origin.path}:${line}`)];
  const tag = `${paint(SEVERITY_STYLES[severity], severity.toUpperCase())}  ${paint(VERDICT_STYLES[verdict], verdict)}  `;
  const tagWidth = severity.length + verdict.length + 4;
  const said = wrapPhrase(say`${own(words)}${place}`, width - tagWidth - 2, paint, () => "dim");
  return [
    ...said.map((text, index) => `  ${index === 0 ? tag : " ".repeat(tagWidth)}${text}`),
    ...wrapPhrase(fieldPhrase(field), width - INDENT, paint, () => "bold").map(
      (text) => " ".repeat(INDENT) + text,
    ),
  ];
}

function differing(divergence: ReportedDivergence, page: Page): string[] {
  const values = valueLines(divergence, { lines: DIFF_LINES, characters: contentWidth(page) * 3 });
  if (values.kind === "pair") {
    return [...side("git", values.git, page), ...side("live", values.live, page)];
  }
  const lines = values.lines.flatMap((line) => diffLine(line, page));
  const left =
    values.left === 0 ? [] : [page.paint("dim", `  … ${values.left} more lines, in full in the json report`)];
  return beside("diff", "dim", [page.paint("dim", "- git  + live"), ...lines, ...left], page.paint);
}

function side(label: "git" | "live", text: string | null, page: Page): string[] {
  if (text === null) return beside(label, "dim", [page.paint("dim", "  (no such field)")], page.paint);
  return beside(label, "dim", diffLine({ kind: label, text }, page), page.paint);
}

const MARKS: Record<DiffLine["kind"], readonly [mark: string, style: Style | null]> = {
  git: ["- ", "red"],
  live: ["+ ", "green"],
  same: ["  ", "dim"],
  gap: ["  … ", "dim"],
};

function diffLine({ kind, text }: DiffLine, page: Page): string[] {
  const [mark, style] = MARKS[kind];
  const depth = kind === "gap" ? 0 : text.length - text.replace(/^ +/, "").length;
  const indent = " ".repeat(Math.min(depth, Math.floor(contentWidth(page) / 2)));
  const columns = contentWidth(page) - mark.length - indent.length;
  const lines = wrapPhrase([value(text.slice(indent.length))], columns, page.paint, () => style);
  if (lines.length === 0) return [page.paint(style, mark.trimEnd())];
  return lines.map(
    (line, index) => page.paint(style, (index === 0 ? mark : " ".repeat(mark.length)) + indent) + line,
  );
}

/** A label and finished lines beside it. */
export function beside(label: string, style: Style, lines: readonly string[], paint: Paint): string[] {
  return lines.map((line, index) => {
    const column = index === 0 ? paint(style, label) + " ".repeat(LABEL - label.length) : " ".repeat(LABEL);
    return " ".repeat(INDENT) + column + line;
  });
}

/** Columns beside a label. */
export function contentWidth({ width }: Page): number {
  return Math.max(24, width - INDENT - LABEL);
}
