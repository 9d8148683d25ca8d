import { indexClaims } from "../compare/index-claims.ts";
import type { ComparedIngress, Divergence } from "../model/divergence.ts";
import { ingressKey } from "../model/ingress.ts";
import type { AuditReport } from "../report/audit-report.ts";
import { attributeIngress } from "./attribute-ingress.ts";
import type { AttributedDivergence, AttributedIngress, AuditOutcome } from "./audit-outcome.ts";
import type { AuditPorts, AuditRequest } from "./audit-request.ts";
import { buildReport, shasToDescribe } from "./build-report.ts";
import { type Gathered, gather } from "./gather.ts";
import { IgnoredCounter } from "./ignore-divergences.ts";
import { followSourceCommits } from "./rendered/follow-source-commits.ts";
import { SeverityFloor } from "./severity-floor.ts";
import { siftDivergences } from "./sift-divergences.ts";

/**
 * Audit one cluster against one commit: read both, compare them field by field, attribute each divergence, report.
 *
 * @throws {AuditError} Where the audit could not be done: no access, no such ref, unreadable input.
 */
export async function runAudit(request: AuditRequest, ports: AuditPorts): Promise<AuditReport> {
  const gathered = await gather(request, ports);
  const { ingresses: attributed, ignored, floor } = await attributeWhole(request, gathered);
  const ingresses = await followSourceCommits(attributed, ports.git);
  const outcome: AuditOutcome = {
    git: {
      repository: await ports.git.repositoryName(),
      ref: request.ref,
      commit: gathered.commit,
      shallow: gathered.isShallow,
      worktree: request.worktree,
    },
    cluster: {
      name: request.clusterName ?? gathered.live.cluster,
      observedAt: gathered.live.observedAt,
      appliedRevision: gathered.appliedRevision,
      auditLog: logCoverage(gathered),
    },
    ingresses,
    ignored: ignored.report(),
    belowMinSeverity: floor.report(),
    elsewhere: gathered.elsewhere.length,
    unreadable: countUnreadable(gathered),
    problems: [...gathered.problems, ...request.problems],
  };
  ports.progress("Looking up commits");
  const shas = shasToDescribe(ingresses);
  const described = await ports.git.describeCommits(shas, gathered.commit);
  return buildReport(outcome, new Map(described.map((commit) => [commit.sha, commit])), request.tool);
}

/** Older versions of rendered sources are rendered when the attribution asks for them. */
async function attributeWhole(request: AuditRequest, gathered: Gathered) {
  for (;;) {
    const ignored = new IgnoredCounter(request.ignore);
    const floor = new SeverityFloor(request.minSeverity);
    const ingresses = attributeAll(gathered, ignored, floor);
    if (!(await gathered.renderAsked())) return { ingresses, ignored, floor };
  }
}

function attributeAll(
  gathered: Gathered,
  ignored: IgnoredCounter,
  floor: SeverityFloor,
): AttributedIngress[] {
  const desired = gathered.compared.flatMap((each) => (each.desired === null ? [] : [each.desired]));
  const claims = indexClaims(desired, gathered.live.ingresses);
  return gathered.compared.map((compared) => {
    const { id, desiredKeyed, liveKeyed } = compared;
    const severityContext = { id, desired: desiredKeyed, live: liveKeyed, claims };
    for (const { rule, reason, divergence } of compared.recognised)
      ignored.count(rule, reason, id, divergence);
    const { reported, leftOut } = siftDivergences(compared, severityContext, ignored, floor);
    return { compared, severityContext, leftOut, divergences: attributedOf(compared, reported, gathered) };
  });
}

function attributedOf(
  compared: ComparedIngress,
  divergences: readonly Divergence[],
  { context }: Gathered,
): AttributedDivergence[] {
  if (divergences.length === 0 || context === null) return [];
  const attribute = attributeIngress(compared, context);
  return divergences.map((divergence) => ({ divergence, attribution: attribute(divergence) }));
}

/** Those that only the cluster seems to have, and those that a problem names; a file may hide more. */
function countUnreadable({ hidden, problems }: Gathered): number {
  const named = problems.flatMap(({ level, ingress }) => (level === "error" ? (ingress ?? []) : []));
  return new Set([...hidden, ...named].map(ingressKey)).size;
}

function logCoverage({ trail }: Gathered): AuditReport["cluster"]["auditLog"] {
  if (trail === null || trail.firstEventAt === null || trail.lastEventAt === null) return null;
  return { from: trail.firstEventAt, to: trail.lastEventAt, events: trail.eventCount };
}
