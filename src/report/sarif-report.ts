import type { AuditReport, ReportedDivergence, ReportedIngress, ReportedProblem } from "./audit-report.ts";
import { elsewhereWords } from "./describe-report.ts";
import { changeWords, explainDivergence } from "./explain-divergence.ts";
import { fieldName } from "./field-name.ts";
import { encodePath, linksFor } from "./links.ts";
import { plainText } from "./phrase.ts";
import { revealInvisible } from "./reveal-invisible.ts";
import { ruleId, SARIF_LEVELS, type SarifLevel, sarifRules } from "./sarif-rules.ts";
import { worstFirst } from "./worst-first.ts";

export interface SarifOptions {
  readonly now: Date;
  /** Also give controllers' writes, as suppressed results. */
  readonly showIgnored: boolean;
  /** Repository-relative file that stands for what no file declares, such as an Ingress of the cluster only. */
  readonly rootFile?: string;
  /** The forge's address; GitHub's by default. */
  readonly serverUrl?: string;
  /** What the configuration calls the repository, where a run audits several: reports of one cluster are told apart by it. */
  readonly repository?: string;
}

/** GitHub refuses a run with more. @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
export const MAX_RESULTS = 25_000;

/** The report as SARIF 2.1.0, for code scanning; worst first. */
export function sarifReport(report: AuditReport, options: SarifOptions): string {
  const all = worstFirst(report, options).flatMap(({ ingress, divergences }) =>
    divergences.map((divergence) => ({ ingress, divergence })),
  );
  // Worst first over all Ingresses, so that the limit never cuts off something worse than it keeps.
  const bySeverity = ["critical", "high", "medium", "low"].flatMap((severity) =>
    all.filter(({ divergence }) => divergence.severity === severity),
  );
  const kept = bySeverity.slice(0, MAX_RESULTS);
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            version: report.tool.version,
            semanticVersion: report.tool.version,
            rules: sarifRules(),
            notifications: NOTIFICATIONS,
          },
        },
        automationDetails: { id: runId(report, options) },
        ...versionControl(report, options),
        invocations: [invocation(report, bySeverity.length - kept.length)],
        columnKind: "utf16CodeUnits",
        results: kept.map(({ ingress, divergence }) => result(divergence, ingress, report, options)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const NOTIFICATIONS = [
  { id: "results-limit", shortDescription: { text: "More results than code scanning takes." } },
  { id: "left-out", shortDescription: { text: "What the report counts and does not list." } },
  { id: "problem", shortDescription: { text: "An input that could not be read or understood." } },
];

/**
 * Code scanning takes what is before the last slash for the category: an upload replaces the one of the same.
 *
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#runautomationdetails-object
 */
function runId({ tool, cluster }: AuditReport, { repository }: SarifOptions): string {
  const id = `${tool.name}/${encodePath(cluster.name ?? "cluster")}/`;
  // Without a slash of its own, so that no two pairs of names come to the same.
  return repository === undefined ? id : `${id}${encodePath(repository).replaceAll("/", "%2F")}/`;
}

function versionControl(report: AuditReport, { serverUrl }: SarifOptions) {
  const commit = linksFor(report, serverUrl).commit(report.git.commit);
  if (commit === null) return {};
  const repositoryUri = commit.slice(0, commit.indexOf("/commit/"));
  return {
    versionControlProvenance: [
      { repositoryUri, revisionId: report.git.commit, branch: readable(report.git.ref) },
    ],
  };
}

function invocation(report: AuditReport, left: number) {
  const limit = {
    descriptor: { id: "results-limit" },
    level: "warning",
    message: {
      text: `${left} results of lesser severity are left out, since code scanning takes ${MAX_RESULTS}. The json report holds all.`,
    },
  };
  return {
    executionSuccessful: !report.problems.some((problem) => problem.level === "error"),
    toolExecutionNotifications: [
      ...(left > 0 ? [limit] : []),
      ...leftOutNotes(report),
      ...report.problems.map(notification),
    ],
  };
}

/** Whoever reads a short list of results should know what is not in it. */
function leftOutNotes(report: AuditReport) {
  const { count, minSeverity } = report.belowMinSeverity;
  const lesser =
    count === 0
      ? ""
      : `${count} ${count === 1 ? "divergence" : "divergences"} less severe than ${minSeverity} left out`;
  return [lesser, elsewhereWords(report)]
    .filter((words) => words !== "")
    .map((words) => ({
      descriptor: { id: "left-out" },
      level: "note" as const,
      message: { text: `${words}.` },
    }));
}

function notification(problem: ReportedProblem) {
  const level: SarifLevel = problem.level;
  return {
    descriptor: { id: "problem" },
    level,
    message: { text: message(`${problem.message} [${problem.code}]. ${problem.remedy}`) },
    locations: [{ physicalLocation: physicalLocation(problem.path, problem.line) }],
  };
}

function result(
  divergence: ReportedDivergence,
  ingress: ReportedIngress,
  report: AuditReport,
  options: SarifOptions,
) {
  const { id, verdict, severity, evidence, field, severityRule } = divergence;
  const rule = ruleId(verdict, severity);
  return {
    ruleId: rule,
    level: SARIF_LEVELS[severity],
    message: { text: explained(divergence, ingress, report, options) },
    locations: [location(divergence, ingress, options)],
    // Code scanning follows an alert by primaryLocationLineHash alone.
    partialFingerprints: { primaryLocationLineHash: `${id}:1`, "ingressAudit/v1": id },
    ...(verdict === "controller"
      ? { suppressions: [{ kind: "external", justification: message(divergence.reason) }] }
      : {}),
    properties: { verdict, severity, evidence, severityRule, field: readable(field) },
  };
}

function explained(
  divergence: ReportedDivergence,
  ingress: ReportedIngress,
  report: AuditReport,
  { now, serverUrl }: SarifOptions,
): string {
  const telling = { now, links: linksFor(report, serverUrl) };
  const answers = explainDivergence(divergence, telling).map(
    ({ label, phrase }) => `${label}: ${message(plainText(phrase))}`,
  );
  const field = fieldName(divergence.field);
  const title = `${divergence.verdict}: ${field} of ${ingress.namespace}/${ingress.name} (${changeWords(divergence)})`;
  return [message(title), ...answers].join("\n");
}

function location(
  divergence: ReportedDivergence,
  { namespace, name, origin }: ReportedIngress,
  options: SarifOptions,
) {
  const place =
    origin === null
      ? physicalLocation(options.rootFile ?? ".ingress-audit.yaml", 1)
      : physicalLocation(origin.path, divergence.line ?? origin.line);
  const fullyQualifiedName = readable(`${namespace}/${name}`);
  return {
    physicalLocation: place,
    logicalLocations: [{ name: readable(name), fullyQualifiedName, kind: "resource" }],
  };
}

function physicalLocation(path: string, line: number | null) {
  return {
    artifactLocation: { uri: encodePath(path) || ".", uriBaseId: "%SRCROOT%" },
    region: { startLine: line ?? 1 },
  };
}

function readable(text: string): string {
  return revealInvisible(text);
}

/** SARIF reads `[text](target)` in a plain message as a link. */
function message(text: string): string {
  return readable(text).replaceAll("](", "] (");
}
