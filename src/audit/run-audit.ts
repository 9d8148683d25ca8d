import { certainOwners, fieldManagerEntries } from "../attribute/managed-fields.ts";
import { indexClaims } from "../compare/index-claims.ts";
import { rateSeverity } from "../compare/rate-severity.ts";
import { ingressKey } from "../model/ingress.ts";
import { atLeast } from "../model/severity.ts";
import type { AuditReport } from "../report/audit-report.ts";
import { attributeIngress } from "./attribute-ingress.ts";
import type { AttributedIngress, AuditOutcome } from "./audit-outcome.ts";
import type { AuditPorts, AuditRequest } from "./audit-request.ts";
import { buildReport, shasToDescribe } from "./build-report.ts";
import { type Gathered, gather } from "./gather.ts";
import { IgnoredCounter } from "./ignore-divergences.ts";

/**
 * Audit one cluster against one commit: read both, compare them field by field, attribute each divergence, report.
 *
 * @throws {AuditError} Where the audit could not be done: no access, no such ref, unreadable input.
 */
export async function runAudit(request: AuditRequest, ports: AuditPorts): Promise<AuditReport> {
  const gathered = await gather(request, ports);
  const { ingresses, ignored } = await attributeWhole(request, gathered);
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
    const ingresses = attributeAll(request, gathered, ignored);
    if (!(await gathered.renderAsked())) return { ingresses, ignored };
  }
}

function attributeAll(
  request: AuditRequest,
  gathered: Gathered,
  ignored: IgnoredCounter,
): AttributedIngress[] {
  const desired = gathered.compared.flatMap((each) => (each.desired === null ? [] : [each.desired]));
  const claims = indexClaims(desired, gathered.live.ingresses);
  return gathered.compared.map((compared) => {
    const severityContext = {
      id: compared.id,
      desired: compared.desiredKeyed,
      live: compared.liveKeyed,
      claims,
    };
    for (const { rule, reason, divergence } of compared.recognised)
      ignored.count(rule, reason, compared.id, divergence);
    if (compared.divergences.length === 0 || gathered.context === null) {
      return { compared, severityContext, divergences: [] };
    }
    const managers = compared.live === null ? [] : fieldManagerEntries(compared.live.object);
    const attribute = attributeIngress(compared, gathered.context);
    const divergences = compared.divergences.flatMap((divergence) => {
      const isWrittenBy = (isManager: (manager: string) => boolean) =>
        certainOwners(managers, divergence.field, isManager).length > 0;
      if (ignored.takes({ id: compared.id, divergence, isWrittenBy })) return [];
      const { severity } = rateSeverity(divergence, severityContext);
      if (!atLeast(severity, request.minSeverity)) {
        ignored.count("min-severity", `Less severe than ${request.minSeverity}.`, compared.id, divergence);
        return [];
      }
      return [{ divergence, attribution: attribute(divergence) }];
    });
    return { compared, severityContext, divergences };
  });
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
