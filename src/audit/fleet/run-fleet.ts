import { mapBounded } from "../../model/map-bounded.ts";
import type { AuditTrailContent } from "../../ports/audit-trail.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import type { AuditPorts } from "../audit-request.ts";
import { gather } from "../gather/gather.ts";
import { reportOf } from "../run-audit.ts";
import type { FleetAudit, FleetCluster } from "./fleet.ts";
import { foreseen } from "./foreseen.ts";
import { type KnownMember, knownMembers, neighboursOf } from "./known-member.ts";
import type { MemberAudit } from "./member-audit.ts";
import { shareUndeclared } from "./share-undeclared.ts";

/** Clusters that are audited at once: each waits for its API server most of the time. */
const AT_ONCE = 4;
/** Audits of repositories that run at once, of all clusters together. */
const REPOSITORIES_AT_ONCE = 8;

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
  const atOnce = Math.floor(REPOSITORIES_AT_ONCE / Math.max(1, Math.min(AT_ONCE, clusters.length)));
  return (await mapBounded(clusters, AT_ONCE, (cluster) => auditCluster(cluster, atOnce, signal))).flat();
}

/** @param atOnce How many of its repositories at once. */
async function auditCluster(
  fleet: FleetCluster,
  atOnce: number,
  signal: AbortSignal,
): Promise<readonly FleetAudit[]> {
  let cluster = fleet.name;
  try {
    const live = await fleet.cluster.read(signal);
    if (!fleet.isNamed) cluster = live.cluster ?? cluster;
    const trail = (await fleet.auditTrail?.read(signal)) ?? null;
    const members = knownMembers(fleet.members);
    const audits = await mapBounded(members, atOnce, (member) =>
      gatherMember(member, members, { live, trail, signal }),
    );
    const shared = await shareUndeclared(audits);
    return await mapBounded(shared, atOnce, (audit) => reportMember(cluster, audit, signal));
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

async function reportMember(cluster: string, audit: MemberAudit, signal: AbortSignal): Promise<FleetAudit> {
  const { repository } = audit;
  if (audit.kind === "failed") return { kind: "failed", cluster, repository, error: audit.error };
  try {
    const report = await reportOf(audit.request, audit.ports, audit.gathered);
    return { kind: "report", cluster, repository, report };
  } catch (error) {
    return { kind: "failed", cluster, repository, error: foreseen(error, signal) };
  }
}
