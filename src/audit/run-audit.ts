import { ingressKey } from "../model/ingress.ts";
import type { Problem } from "../model/problem.ts";
import type { AuditReport } from "../report/audit-report.ts";
import { attributeWhole } from "./attributed/attribute-all.ts";
import type { AuditOutcome } from "./audit-outcome.ts";
import type { AuditPorts, AuditRequest } from "./audit-request.ts";
import { gather } from "./gather/gather.ts";
import type { Gathered } from "./gather/gathered.ts";
import { buildReport } from "./reporting/build-report.ts";
import { namedCommits } from "./reporting/named-commits.ts";

/**
 * Audit one cluster against one commit: read both, compare them field by field, attribute each divergence, report.
 *
 * @throws {AuditError} Where the audit could not be done: no access, no such ref, unreadable input.
 */
export async function runAudit(request: AuditRequest, ports: AuditPorts): Promise<AuditReport> {
  return reportOf(request, ports, await gather(request, ports));
}

/** The second half of {@link runAudit}: what was gathered, attributed and drawn up. */
export async function reportOf(
  request: AuditRequest,
  ports: AuditPorts,
  gathered: Gathered,
): Promise<AuditReport> {
  const { attributed, ignored, floor } = await attributeWhole(
    gathered,
    gathered.compared,
    request.ignore,
    request.minSeverity,
  );
  ports.progress("Looking up commits");
  const { ingresses, commits } = await namedCommits(attributed, ports.git, gathered.commit);
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
    ofOthers: gathered.ofOthers?.length ?? null,
    unreadable: countUnreadable(gathered),
    problems: [...gathered.problems, ...emptyLog(gathered), ...request.problems],
    unknownDeployer: gathered.unknownDeployer,
  };
  return buildReport(outcome, commits, request.tool);
}

/** Those that only the cluster seems to have, and those that a problem names; a file may hide more. */
export function countUnreadable({ hidden, problems }: Gathered): number {
  const named = problems.flatMap(({ level, ingress }) => (level === "error" ? (ingress ?? []) : []));
  return new Set([...hidden, ...named].map(ingressKey)).size;
}

export function logCoverage({ trail }: Gathered): AuditReport["cluster"]["auditLog"] {
  if (trail === null || trail.firstEventAt === null || trail.lastEventAt === null) return null;
  return { from: trail.firstEventAt, to: trail.lastEventAt, events: trail.eventCount };
}

/** Nothing in it: probably the wrong file, and surely no proof that nobody wrote. */
function emptyLog({ trail }: Gathered): Problem[] {
  if (trail === null || trail.firstEventAt !== null) return [];
  return [
    {
      path: "audit log",
      line: null,
      code: "audit-log-empty",
      message: "The audit log holds no event, so it shows nothing of what was written in the cluster",
      remedy: "Give the files that the API server writes with --audit-log-path, as JSON lines.",
      level: "warning",
    },
  ];
}
