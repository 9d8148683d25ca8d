import { rateSeverity, type SeverityContext } from "../../compare/rate-severity.ts";
import { rawPathOf } from "../../compare/raw-path-of.ts";
import type { CommitDetails } from "../../model/commit.ts";
import type { Deletion } from "../../model/deletion.ts";
import type { ComparedIngress, Divergence } from "../../model/divergence.ts";
import { type FieldPath, formatFieldPath } from "../../model/field-path.ts";
import type { Json } from "../../model/json.ts";
import { SEVERITIES } from "../../model/severity.ts";
import { type Attribution, VERDICTS } from "../../model/verdict.ts";
import type {
  AuditReport,
  ReportedCommit,
  ReportedDivergence,
  ReportedIngress,
} from "../../report/audit-report.ts";
import { fingerprint } from "../../report/fingerprint.ts";
import { redactJson, redactText } from "../../report/redact.ts";
import { REPORT_SCHEMA } from "../../report/report-schema.ts";
import type { AttributedDivergence, AttributedIngress, AuditOutcome } from "../audit-outcome.ts";
import type { UnknownDeployer } from "../writers/unknown-deployer.ts";
import { pullRequestOfRef } from "./pull-request-of-ref.ts";
import { remedyFor } from "./remedy-for.ts";

export type CommitLookup = ReadonlyMap<string, CommitDetails>;
export type SeverityContextFor = (compared: ComparedIngress) => SeverityContext;

/** Draw the report from an audit's outcome: values redacted, commits described, everything counted. */
export function buildReport(
  outcome: AuditOutcome,
  commits: CommitLookup,
  tool: AuditReport["tool"],
): AuditReport {
  const ingresses = outcome.ingresses.map((each) => ({
    namespace: each.compared.id.namespace,
    name: each.compared.id.name,
    state: each.compared.state,
    origin: each.compared.desired?.origin ?? null,
    divergences: each.divergences.map((divergence) =>
      reportedDivergence(each, divergence, commits, outcome.unknownDeployer),
    ),
    leftOut: each.leftOut,
  }));
  const divergences = ingresses.flatMap((ingress) => ingress.divergences);
  return {
    schema: REPORT_SCHEMA,
    tool,
    git: outcome.git,
    cluster: outcome.cluster,
    summary: {
      desired: outcome.ingresses.filter(({ compared }) => compared.desired !== null).length,
      live: outcome.ingresses.filter(({ compared }) => compared.live !== null).length,
      inSync: ingresses.filter(({ state }) => state === "in-sync").length,
      diverged: ingresses.filter(isDiverged).length,
      accepted: ingresses.filter((each) => each.state !== "in-sync" && !isDiverged(each)).length,
      verdicts: countBy(VERDICTS, divergences, (divergence) => divergence.verdict),
      severities: countBy(SEVERITIES, divergences, (divergence) => divergence.severity),
      ignored: outcome.ignored.reduce((sum, rule) => sum + rule.count, 0),
      belowMinSeverity: outcome.belowMinSeverity.count,
      elsewhere: outcome.elsewhere,
      ...(outcome.ofOthers === null ? {} : { otherRepositories: outcome.ofOthers }),
      unreadable: outcome.unreadable,
      problems: outcome.problems.length,
    },
    ingresses,
    ignored: outcome.ignored,
    belowMinSeverity: outcome.belowMinSeverity,
    problems: outcome.problems.map(({ ingress, ...problem }) => ({ ...problem, ingress: ingress ?? null })),
  };
}

/** What is less severe than the floor still diverges; what an ignore rule takes out does not. */
function isDiverged({ divergences, leftOut }: ReportedIngress): boolean {
  return divergences.length > 0 || leftOut.belowMinSeverity > 0;
}

/** The shas that a report of these attributions describes. */
export function shasToDescribe(ingresses: readonly AttributedIngress[]): string[] {
  const shas = new Set<string>();
  for (const { attribution } of ingresses.flatMap((each) => each.divergences)) {
    for (const sha of [...attribution.commits, ...attribution.conflict]) shas.add(sha);
    if (attribution.matchesCommit !== null) shas.add(attribution.matchesCommit);
  }
  return [...shas];
}

/** A divergence as reports hold it. */
export function reportedDivergence(
  { compared, severityContext }: AttributedIngress,
  { divergence, attribution }: AttributedDivergence,
  commits: CommitLookup,
  unknownDeployer: UnknownDeployer | null = null,
): ReportedDivergence {
  const { id } = compared;
  const field = formatFieldPath(divergence.field);
  const severity = rateSeverity(divergence, severityContext);
  return {
    id: fingerprint({ namespace: id.namespace, name: id.name, field }),
    field: redactText(field),
    change: divergence.change,
    desired: reportedValue(divergence.desired, divergence.field),
    live: reportedValue(divergence.live, divergence.field),
    ...placeOf(compared, divergence),
    ...verdictOf(attribution, commits),
    remedy: remedyFor(id, divergence, attribution, unknownDeployer),
    severity: severity.severity,
    severityRule: severity.rule,
    severityReason: severity.reason,
    ...(divergence.deletion === undefined ? {} : { deletion: shownDeletion(divergence.deletion) }),
  };
}

function shownDeletion({ at, finalizers }: Deletion): Deletion {
  return { at, finalizers: finalizers.map(redactText) };
}

function verdictOf(attribution: Attribution, commits: CommitLookup) {
  const describe = (sha: string, ref: string | null) => reportedCommit(commits, sha, ref);
  return {
    verdict: attribution.verdict,
    evidence: attribution.evidence,
    reason: redactText(attribution.reason),
    rule: attribution.rule,
    ref: attribution.ref,
    commits: attribution.commits.map((sha) => describe(sha, attribution.ref)),
    conflict: attribution.conflict.map((sha) => describe(sha, null)),
    matchesCommit: attribution.matchesCommit === null ? null : describe(attribution.matchesCommit, null),
    actor: attribution.actor,
  };
}

/** A commit as reports hold it. */
export function reportedCommit(commits: CommitLookup, sha: string, ref: string | null): ReportedCommit {
  const details = commits.get(sha);
  if (details === undefined) throw new RangeError(`Commit ${sha} was not described`);
  const pullRequest = details.pullRequest ?? pullRequestOfRef(ref);
  return { ...details, pullRequest, subject: redactText(details.subject), ref };
}

/** A value as reports hold it: null where there is none. */
export function reportedValue(value: Json | undefined, field: FieldPath): Json {
  return value === undefined ? null : redactJson(value, field.at(-1));
}

/** Where Git declares the field, or the nearest field above it; in what it is rendered from, perhaps in another file. */
function placeOf(
  { desired }: ComparedIngress,
  { field }: Divergence,
): Pick<ReportedDivergence, "line" | "input"> {
  const place = desired?.placeAt(rawPathOf(desired.object, field)) ?? null;
  if (place === null || place.path === desired?.origin.path) return { line: place?.line ?? null };
  return { line: null, input: place };
}

function countBy<Key extends string, Item>(
  keys: readonly Key[],
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): Record<Key, number> {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
  for (const item of items) counts[keyOf(item)]++;
  return counts;
}
