import { SEVERITIES, type Severity } from "../model/severity.ts";
import type { AuditReport, ReportedDivergence, ReportedIngress, ReportedProblem } from "./audit-report.ts";
import type { Telling } from "./describe-commit.ts";
import { elide } from "./elide.ts";
import { changeWords, explainDivergence } from "./explain-divergence.ts";
import { fieldName } from "./field-name.ts";
import { plainText } from "./phrase.ts";
import { isRepositoryFile } from "./repository-file.ts";
import { revealInvisible } from "./reveal-invisible.ts";
import { valueLines } from "./value-lines.ts";
import { worstFirst } from "./worst-first.ts";

export const ANNOTATION_LEVELS = ["error", "warning", "notice"] as const;
export type AnnotationLevel = (typeof ANNOTATION_LEVELS)[number];

/** A remark beside a line of a file, as a pull request's page shows it: plain text, no Markdown. */
export interface Annotation {
  readonly level: AnnotationLevel;
  readonly title: string;
  /** Of several lines. */
  readonly message: string;
  /** Repository-relative; null where no file declares what is remarked upon. */
  readonly path: string | null;
  readonly line: number | null;
}

export const SEVERITY_LEVELS: Record<Severity, AnnotationLevel> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "notice",
};

const VALUE_BUDGET = { lines: 6, characters: 200 };
const LONGEST_LINE = 500;

/**
 * What an audit found, beside the lines of the manifests; the worst first.
 *
 * @see withinLimits for how many of them GitHub shows
 */
export function annotationsFor(report: AuditReport, telling: Telling): readonly Annotation[] {
  const found = worstFirst(report, { showIgnored: false }).flatMap(({ ingress, divergences }) =>
    divergences.map((divergence) => ({ ingress, divergence })),
  );
  // Over all Ingresses, so that the limit never cuts off something worse than it keeps.
  const sorted = found.toSorted((left, right) => rank(right.divergence) - rank(left.divergence));
  return [
    ...sorted.map(({ ingress, divergence }) => ofDivergence(ingress, divergence, telling)),
    ...report.problems.map(ofProblem),
  ];
}

function rank({ severity }: ReportedDivergence): number {
  return SEVERITIES.indexOf(severity);
}

function ofDivergence(
  { namespace, name, origin }: ReportedIngress,
  divergence: ReportedDivergence,
  telling: Telling,
): Annotation {
  const { severity, verdict, field, line } = divergence;
  const told = explainDivergence(divergence, telling)
    .filter(({ label }) => TOLD.includes(label))
    .map(({ label, phrase }) => `${label}: ${plainText(phrase)}`);
  return {
    level: SEVERITY_LEVELS[severity],
    title: revealInvisible(`${severity}, ${verdict}: ${namespace}/${name}`),
    message: inLines([fieldName(field), changeWords(divergence), ...values(divergence), ...told]),
    path: origin?.path ?? null,
    line: line ?? origin?.line ?? null,
  };
}

const TOLD: readonly string[] = ["who", "when", "through", "earlier", "conflict", "matches", "why", "next"];

function values(divergence: ReportedDivergence): readonly string[] {
  const shown = valueLines(divergence, VALUE_BUDGET);
  if (shown.kind === "diff") return [];
  return [
    ...(shown.git === null ? [] : [`Git: ${shown.git}`]),
    ...(shown.live === null ? [] : [`live: ${shown.live}`]),
  ];
}

export function ofProblem({ level, path, line, code, message, remedy }: ReportedProblem): Annotation {
  return {
    level: level === "error" ? "error" : "warning",
    title: revealInvisible(`${level === "error" ? "not audited" : "audited, but"}: ${code}`),
    message: inLines([message, remedy]),
    path: isRepositoryFile(path) ? path : null,
    line,
  };
}

/** No text that was read can begin a line of its own. */
export function inLines(lines: readonly string[]): string {
  return lines.map((line) => revealInvisible(elide(line, LONGEST_LINE))).join("\n");
}
