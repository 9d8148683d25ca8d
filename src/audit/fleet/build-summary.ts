import { SEVERITIES, type Severity } from "../../model/severity.ts";
import { VERDICTS } from "../../model/verdict.ts";
import type { AuditReport } from "../../report/audit-report.ts";
import type { FleetSummary, SummarizedAudit } from "../../report/fleet/fleet-summary.ts";
import { AUDIT_STATUSES, SUMMARY_SCHEMA } from "../../report/fleet/summary-schema.ts";
import { severityCounts, worstFirst } from "../../report/worst-first.ts";
import type { FleetAudit } from "./fleet.ts";

export interface SummaryOptions {
  readonly tool: FleetSummary["tool"];
  readonly exitStatusOf: (report: AuditReport) => 0 | 1 | 2;
  /** Where a whole report was written, by its format. */
  readonly filesOf?: (audit: FleetAudit & { readonly kind: "report" }) => Readonly<Record<string, string>>;
  /** Whether the summary holds the reports too. */
  readonly isWhole?: boolean;
}

/** What several audits come to: one row each, the worst first, and the totals. */
export function buildSummary(audits: readonly FleetAudit[], options: SummaryOptions): FleetSummary {
  const rows = audits.map((audit) =>
    audit.kind === "failed" ? failedRow(audit) : reportRow(audit, options),
  );
  return {
    schema: SUMMARY_SCHEMA,
    tool: options.tool,
    totals: totalsOf(rows),
    audits: rows.toSorted(
      (left, right) =>
        Number(right.error !== null) - Number(left.error !== null) ||
        rank(right.maxSeverity) - rank(left.maxSeverity) ||
        AUDIT_STATUSES.indexOf(left.status) - AUDIT_STATUSES.indexOf(right.status) ||
        (right.summary?.diverged ?? 0) - (left.summary?.diverged ?? 0),
    ),
  };
}

function rank(severity: Severity | null): number {
  return severity === null ? -1 : SEVERITIES.indexOf(severity);
}

function reportRow(
  audit: FleetAudit & { readonly kind: "report" },
  { exitStatusOf, filesOf, isWhole = false }: SummaryOptions,
): SummarizedAudit {
  const { cluster, repository, report } = audit;
  const errors = report.problems.filter(({ level }) => level === "error").length;
  const { repository: forge, ref, commit } = report.git;
  return {
    cluster,
    repository,
    status: errors > 0 ? "incomplete" : report.summary.diverged > 0 ? "diverged" : "clean",
    exitStatus: exitStatusOf(report),
    git: { repository: forge, ref, commit },
    observedAt: report.cluster.observedAt,
    ingresses: report.ingresses.length,
    maxSeverity: severityCounts(worstFirst(report, { showIgnored: false }))[0]?.[0] ?? null,
    problems: { errors, warnings: report.problems.length - errors },
    summary: report.summary,
    error: null,
    files: filesOf?.(audit) ?? {},
    ...(isWhole ? { report } : {}),
  };
}

function failedRow({
  cluster,
  repository,
  error: { code, what, where, mend },
}: FleetAudit & { readonly kind: "failed" }): SummarizedAudit {
  const texts = Object.entries(where).map(([name, text]) => [name, String(text)] as const);
  return {
    cluster,
    repository,
    status: "failed",
    exitStatus: 2,
    git: null,
    observedAt: null,
    ingresses: 0,
    maxSeverity: null,
    problems: { errors: 0, warnings: 0 },
    summary: null,
    error: { code, what, where: Object.fromEntries(texts), mend },
    files: {},
  };
}

function totalsOf(rows: readonly SummarizedAudit[]): FleetSummary["totals"] {
  const summaries = rows.flatMap(({ summary }) => summary ?? []);
  const sum = (count: (summary: (typeof summaries)[number]) => number) =>
    summaries.reduce((total, each) => total + count(each), 0);
  const repositories = rows.flatMap(({ repository }) => repository ?? []);
  const severities = rows.map(({ maxSeverity }) => maxSeverity);
  return {
    clusters: new Set(rows.map(({ cluster }) => cluster)).size,
    repositories: new Set(repositories).size,
    audits: rows.length,
    failed: rows.filter(({ error }) => error !== null).length,
    ingresses: rows.reduce((total, { ingresses }) => total + ingresses, 0),
    inSync: sum(({ inSync }) => inSync),
    diverged: sum(({ diverged }) => diverged),
    accepted: sum(({ accepted }) => accepted),
    unreadable: sum(({ unreadable }) => unreadable),
    verdicts: counted(VERDICTS, (verdict) => sum(({ verdicts }) => verdicts[verdict])),
    severities: counted(SEVERITIES, (severity) => sum((each) => each.severities[severity])),
    maxSeverity: severities.toSorted((left, right) => rank(right) - rank(left))[0] ?? null,
    problems: {
      errors: rows.reduce((total, { problems }) => total + problems.errors, 0),
      warnings: rows.reduce((total, { problems }) => total + problems.warnings, 0),
    },
    exitStatus: worstStatus(rows),
  };
}

function counted<Key extends string>(keys: readonly Key[], count: (key: Key) => number): Record<Key, number> {
  return Object.fromEntries(keys.map((key) => [key, count(key)])) as Record<Key, number>;
}

function worstStatus(rows: readonly SummarizedAudit[]): 0 | 1 | 2 {
  if (rows.some(({ exitStatus }) => exitStatus === 2)) return 2;
  return rows.some(({ exitStatus }) => exitStatus === 1) ? 1 : 0;
}
