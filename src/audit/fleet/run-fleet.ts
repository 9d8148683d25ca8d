import { mapBounded } from "../../model/map-bounded.ts";
import type { AuditTrailContent } from "../../ports/audit-trail.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import type { AuditPorts } from "../audit-request.ts";
import { gather } from "../gather.ts";
import { reportOf } from "../run-audit.ts";
import type { FleetAudit, FleetCluster } from "./fleet.ts";
import { foreseen } from "./foreseen.ts";
import { type KnownMember, knownMembers, neighboursOf } from "./known-member.ts";
import type { MemberAudit } from "./member-audit.ts";
import { shareUndeclared } from "./share-undeclared.ts";

/** Clusters that are audited at once: each waits for its API server most of the time. */
const AT_ONCE = 4;

/**
 * Audit every repository of every cluster. Each cluster and its audit log are read once. What cannot be read is one
 * failed audit, and hides no other one.
 *
 * @returns In the order of the clusters, then of their repositories.
 * @throws What is no AuditError, and the signal's reason.
 */
export async function runFleet(
  clusters: readonly FleetCluster[],
  signal: AbortSignal,
): Promise<readonly FleetAudit[]> {
  return (await mapBounded(clusters, AT_ONCE, (cluster) => auditCluster(cluster, signal))).flat();
}

async function auditCluster(fleet: FleetCluster, signal: AbortSignal): Promise<readonly FleetAudit[]> {
  let cluster = fleet.name;
  try {
    const live = await fleet.cluster.read(signal);
    if (!fleet.isNamed) cluster = live.cluster ?? cluster;
    const trail = (await fleet.auditTrail?.read(signal)) ?? null;
    const members = knownMembers(fleet.members);
    const audits: MemberAudit[] = [];
    for (const member of members) audits.push(await gatherMember(member, members, { live, trail, signal }));
    return await reportMembers(cluster, await shareUndeclared(audits), signal);
  } catch (error) {
    return [{ kind: "failed", cluster, repository: null, error: foreseen(error, signal) }];
  }
}

interface ClusterRead {
  readonly live: LiveSnapshot;
  readonly trail: AuditTrailContent | null;
  readonly signal: AbortSignal;
}

async function gatherMember(
  member: KnownMember,
  members: readonly KnownMember[],
  { live, trail, signal }: ClusterRead,
): Promise<MemberAudit> {
  const { repository } = member;
  try {
    const { request, ports: own } = await member.open();
    const ports: AuditPorts = {
      ...own,
      cluster: { read: async () => live },
      auditTrail: trail === null ? null : { read: async () => trail },
      neighbours: neighboursOf(repository, members),
    };
    const gathered = await gather(request, ports, undefined, await member.declared(live));
    return { kind: "gathered", repository, request, ports, gathered };
  } catch (error) {
    return { kind: "failed", repository, error: foreseen(error, signal) };
  }
}

async function reportMembers(
  cluster: string,
  audits: readonly MemberAudit[],
  signal: AbortSignal,
): Promise<readonly FleetAudit[]> {
  const done: FleetAudit[] = [];
  for (const audit of audits) {
    const { repository } = audit;
    if (audit.kind === "failed") {
      done.push({ kind: "failed", cluster, repository, error: audit.error });
      continue;
    }
    try {
      const report = await reportOf(audit.request, audit.ports, audit.gathered);
      done.push({ kind: "report", cluster, repository, report });
    } catch (error) {
      done.push({ kind: "failed", cluster, repository, error: foreseen(error, signal) });
    }
  }
  return done;
}
