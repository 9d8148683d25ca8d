import type { Severity } from "../model/severity.ts";
import type { ReportedDivergence, ReportedIngress } from "./audit-report.ts";
import type { Telling } from "./describe-commit.ts";
import { fencedBlock, inlineCode } from "./escape-markdown.ts";
import { changeWords, explainDivergence } from "./explain-divergence.ts";
import type { DiffLine } from "./line-diff.ts";
import { markdownPhrase } from "./markdown-phrase.ts";
import { fieldPhrase, own, say, value } from "./phrase.ts";
import { valueLines } from "./value-lines.ts";
import type { ShownIngress } from "./worst-first.ts";

export const SEVERITY_SIGNS: Record<Severity, string> = {
  critical: "🔴",
  high: "🟠",
  medium: "🟡",
  low: "🔵",
};

/** How much of a diff is shown: lines, and characters of each. */
export interface DiffBudget {
  readonly lines: number;
  readonly characters: number;
}

const BUDGET: DiffBudget = { lines: 120, characters: 2_000 };

/** One Ingress: where Git declares it, and each divergence with its answers and a collapsible diff. */
export function markdownSection(entry: ShownIngress, telling: Telling, budget = BUDGET): string {
  return markdownSectionParts(entry, telling, budget).join("\n\n");
}

/** The same, a part for each divergence, after each of which it may be cut off. */
export function markdownSectionParts(
  { ingress, divergences }: ShownIngress,
  telling: Telling,
  budget = BUDGET,
): readonly string[] {
  const title = inlineCode(`${ingress.namespace}/${ingress.name}`);
  const heading = [`### ${title}`, markdownPhrase(declared(ingress, telling))];
  return divergences.map((divergence, index) =>
    [...(index === 0 ? heading : []), markdownDivergence(divergence, ingress, telling, budget)].join("\n\n"),
  );
}

function declared({ state, origin }: ReportedIngress, { links }: Telling) {
  if (origin === null) return say`Not declared in Git.`;
  const place = value(`${origin.path}:${origin.line}`, links.file(origin.path, origin.line));
  return say`${place}${own(state === "missing" ? ", missing in the cluster" : "")}`;
}

function markdownDivergence(
  divergence: ReportedDivergence,
  { origin }: ReportedIngress,
  telling: Telling,
  budget: DiffBudget,
): string {
  const { severity, verdict, field, line } = divergence;
  const words = `${SEVERITY_SIGNS[severity]} **${severity}** · **${verdict}** · ${changeWords(divergence)}`;
  const place =
    origin === null || line === null
      ? []
      : say` · ${value(`${origin.path}:${line}`, telling.links.file(origin.path, line))}`;
  const answers = explainDivergence(divergence, telling).map(
    ({ label, phrase }) => `- **${label}:** ${markdownPhrase(phrase)}`,
  );
  return [
    `#### ${markdownPhrase(fieldPhrase(field))}`,
    words + markdownPhrase(place),
    answers.join("\n"),
    "<details><summary>Git → live</summary>",
    fencedBlock(diffText(divergence, budget), "diff"),
    "</details>",
  ].join("\n\n");
}

const MARKS: Record<DiffLine["kind"], string> = { git: "- ", live: "+ ", same: "  ", gap: "@@ " };

function diffText(divergence: ReportedDivergence, budget: DiffBudget): string {
  const values = valueLines(divergence, budget);
  if (values.kind === "diff") {
    const lines = values.lines.map(({ kind, text }) => MARKS[kind] + text + (kind === "gap" ? " @@" : ""));
    return [...lines, ...(values.left === 0 ? [] : [`@@ ${values.left} more lines @@`])].join("\n");
  }
  return [
    values.git === null ? "@@ Git has no such field @@" : `- ${values.git}`,
    values.live === null ? "@@ the cluster has no such field @@" : `+ ${values.live}`,
  ].join("\n");
}
