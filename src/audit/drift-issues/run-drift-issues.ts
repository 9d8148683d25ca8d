import { AuditError } from "../../model/audit-error.ts";
import type { IssueOutcome, IssueResult } from "../../report/drift-issue/issue-result.ts";
import { type Applied, applyAll } from "./apply-all.ts";
import type { ApplyContext } from "./apply-decision.ts";
import { countDetections, type Sighting } from "./count-detections.ts";
import { decideIssues, mergeDecision } from "./decide-issues.ts";
import type { DriftIssuePorts, DriftIssueRequest } from "./drift-issue-request.ts";
import { type GatheredIssues, gatherIssues } from "./gather-issues.ts";

import { keepDetections } from "./keep-detections.ts";
import { type OwnIssues, sortIssues } from "./known-issue.ts";
import { foundIn, type RunFacts } from "./situation.ts";
import { readingOf, subjectsOf } from "./subjects.ts";

/** What one run did to its issues. */
export interface DriftIssuesResult {
  /** What differs, worst first, then the rest. */
  readonly issues: readonly IssueResult[];
  /** Why not everything was written; the next run writes the rest. null where all was. */
  readonly failure: AuditError | null;
}

/**
 * Keep the issues of one cluster and configuration in step with an audit: gather what is there, decide, apply.
 *
 * @returns What was done to each issue. That one cannot be written does not keep the others from being written.
 * @throws {AuditError} `forge-…` where the issues could not even be read.
 */
export async function runDriftIssues(
  request: DriftIssueRequest,
  ports: DriftIssuePorts,
): Promise<DriftIssuesResult> {
  const gathered = await gatherIssues(request, ports);
  const run = runFacts(request, gathered);
  const decisions = decideIssues(gathered.issues, run);
  ports.progress("Writing the issues");
  const applied = await applyAll(decisions, contextOf(request, ports));
  const failed = applied.find(({ failure }) => failure !== null)?.failure ?? null;
  const after = await finish(async () => {
    const merged = await mergeWithOthers(applied, request, ports, run);
    await writeDetections(applied, gathered.issues, request, ports, run);
    return merged;
  });
  return { issues: resultsOf([...applied, ...after.merged]), failure: failed ?? after.failure };
}

/** The issues are written by now, and are told whatever happens after. */
async function finish(rest: () => Promise<readonly Applied[]>) {
  try {
    const merged = await rest();
    return { merged, failure: merged.find(({ failure }) => failure !== null)?.failure ?? null };
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    return { merged: [], failure: error };
  }
}

function runFacts(request: DriftIssueRequest, { issues, ownersOf, causes }: GatheredIssues): RunFacts {
  const { audit, key, options, now } = request;
  const { report, scope } = audit;
  const at = report.cluster.observedAt ?? now.toISOString();
  const reading = readingOf(report, scope);
  const counts =
    options.detections <= 1
      ? []
      : countDetections({
          before: issues.detections?.state ?? null,
          found: unfollowed(request, issues),
          isRead: (ingress) => reading(ingress).kind === "read",
          at,
          needed: options.detections,
        });
  return { key, report, scope, options, ownersOf, causes, counts, at, now };
}

/** What no open issue follows: it is to be counted. */
function unfollowed({ audit, options }: DriftIssueRequest, { bySubject }: OwnIssues): readonly Sighting[] {
  return subjectsOf(audit.report, options.issuePer).flatMap(({ name, shown }) => {
    const known = bySubject.get(name);
    const isCounted =
      known === undefined || (known.issue.state === "closed" && known.state.status === "resolved");
    return isCounted ? foundIn(shown) : [];
  });
}

function contextOf({ audit, options, links, runUrl, signal }: DriftIssueRequest, ports: DriftIssuePorts) {
  const url = runUrl !== null && /^https?:\/\/[^\s()<>"]+$/.test(runUrl) ? runUrl : null;
  const context: ApplyContext = {
    tracker: ports.tracker,
    report: audit.report,
    run: { telling: { now: null, links }, url, mentions: options.mentions },
    label: options.label,
    signal,
  };
  return context;
}

/** Another run may have opened the same issues at the same time: look again, and keep those with the lowest numbers. */
async function mergeWithOthers(
  applied: readonly Applied[],
  request: DriftIssueRequest,
  ports: DriftIssuePorts,
  run: RunFacts,
): Promise<readonly Applied[]> {
  const { options, key, signal } = request;
  if (!applied.some(({ decision, issue }) => decision.issue === null && issue !== null)) return [];
  const { duplicates } = sortIssues(await ports.tracker.listOwn(options.label, signal), key);
  const decisions = duplicates.map((duplicate) => mergeDecision(duplicate, run));
  return applyAll(decisions, contextOf(request, ports));
}

async function writeDetections(
  applied: readonly Applied[],
  issues: OwnIssues,
  { key, options, audit, signal }: DriftIssueRequest,
  { tracker }: DriftIssuePorts,
  { counts, at }: RunFacts,
): Promise<void> {
  const followed = new Set(
    applied
      .filter(({ decision, failure }) => isFollowed(decision.outcome) && failure === null)
      .flatMap(({ decision }) => decision.write?.state.divergences.map(({ id }) => id) ?? []),
  );
  const notebook = {
    issues,
    counts: counts.filter(({ id }) => !followed.has(id)),
    ...{ key, at, cluster: audit.report.cluster.name },
    needed: options.detections,
    label: options.label,
  };
  await keepDetections(tracker, notebook, signal);
}

function isFollowed(outcome: IssueOutcome): boolean {
  return outcome === "opened" || outcome === "reopened";
}

function resultsOf(applied: readonly Applied[]): readonly IssueResult[] {
  const merged = new Map(
    applied.flatMap(({ decision, issue }) =>
      decision.outcome === "merged" && issue !== null ? [[issue.number, decision]] : [],
    ),
  );
  return applied
    .filter(({ decision, issue }) => decision.outcome === "merged" || !merged.has(issue?.number ?? 0))
    .map(({ decision, issue, failure }) => ({
      subject: decision.subject,
      outcome: failure === null ? decision.outcome : "failed",
      rule: decision.rule,
      number: issue?.number ?? null,
      url: issue?.url ?? null,
      why: failure?.message ?? decision.why,
    }));
}
