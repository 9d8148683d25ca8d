import { markdownCell, markdownPhrase } from "../markdown-phrase.ts";
import { SEVERITY_SIGNS } from "../markdown-section.ts";
import { own, type Phrase, say, value } from "../phrase.ts";
import type { FleetSummary, SummarizedAudit } from "./fleet-summary.ts";
import {
  EVERY_REPOSITORY,
  SUMMARY_HEADS,
  type SummaryCells,
  scopeWords,
  summaryCells,
  totalCells,
} from "./summary-words.ts";

const STATUS_SIGNS: Record<SummarizedAudit["status"], string> = {
  failed: "❌",
  incomplete: "⚠️",
  diverged: "🟠",
  clean: "✅",
};

/** The summary as GitHub-flavoured Markdown. Every text that was read is escaped: it cannot link, mention or format. */
export function fleetMarkdown(summary: FleetSummary): string {
  const rows = summary.audits.map((audit) =>
    row(
      [value(audit.cluster)],
      [repositoryOf(audit)],
      summaryCells(audit),
      audit.maxSeverity,
      own(`${STATUS_SIGNS[audit.status]} ${audit.status}`),
    ),
  );
  const total = row([own("**total**")], [], totalCells(summary), summary.totals.maxSeverity, own(""));
  const failed = summary.audits.flatMap(failure);
  return `${[
    `## ${title(summary)}`,
    `${scopeWords(summary)}.`,
    [head(), ...rows, total].join("\n"),
    ...(failed.length === 0 ? [] : ["### Not audited", failed.join("\n")]),
  ].join("\n\n")}\n`;
}

/** Stands above each report of several. */
export function markdownReportHeading(cluster: string, repository: string): string {
  return `# ${markdownPhrase(say`${value(cluster)} · ${value(repository)}`)}\n`;
}

function title({ totals: { diverged, ingresses, failed, exitStatus, maxSeverity } }: FleetSummary): string {
  if (failed > 0 || exitStatus === 2)
    return `❌ Not everything could be audited; ${count(diverged, ingresses)}`;
  const sign = maxSeverity === null ? "✅" : SEVERITY_SIGNS[maxSeverity];
  return `${sign} ${count(diverged, ingresses)}`;
}

function count(diverged: number, ingresses: number): string {
  return `${diverged} of ${ingresses} ${ingresses === 1 ? "Ingress" : "Ingresses"} ${diverged === 1 ? "differs" : "differ"}`;
}

function head(): string {
  const { cluster, repository, inSync, verdicts, worst, problems, status } = SUMMARY_HEADS;
  const names = [cluster, repository, inSync, verdicts, worst, problems, status];
  return `| ${names.join(" | ")} |\n|---|---|--:|---|---|---|---|`;
}

function row(
  cluster: Phrase,
  repository: Phrase,
  { inSync, verdicts, worst, problems }: SummaryCells,
  maxSeverity: SummarizedAudit["maxSeverity"],
  status: ReturnType<typeof own>,
): string {
  const sign = maxSeverity === null ? worst : `${SEVERITY_SIGNS[maxSeverity]} ${worst}`;
  const counts = [inSync, verdicts, sign, problems].map((text) => [own(text)]);
  return `| ${[cluster, repository, ...counts, [status]].map(markdownCell).join(" | ")} |`;
}

function repositoryOf({ repository }: SummarizedAudit) {
  return repository === null ? own(EVERY_REPOSITORY) : value(repository);
}

function failure(audit: SummarizedAudit): string[] {
  const { cluster, error } = audit;
  if (error === null) return [];
  const where = Object.entries(error.where).flatMap(([name, text]) => say` (${name}: ${value(text)})`);
  const whose = markdownPhrase(say`${value(cluster)} · ${repositoryOf(audit)}`);
  return [
    `- **${whose}:** ${markdownPhrase(say`${error.what.replaceAll("\n", " ")} [${value(error.code)}]${where}. ${error.mend}`)}`,
  ];
}
