import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { Problem } from "../../model/problem.ts";
import type { AuditTrailContent } from "../../ports/audit-trail.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import { type MixedLog, mixedLog, uidOf } from "./mixed-log.ts";

export const MIXED = "audit-log-mixed";

/**
 * What an audit log says of the audited cluster. Of one that holds another cluster's events too that is little: the
 * writes to the very objects that the cluster has, by their uid, and those of which nothing is known, so that nobody is
 * named by them. A delete names an object that is gone, perhaps from the other cluster.
 */
export function ownWrites(trail: AuditTrailContent, live: LiveSnapshot): AuditTrailContent {
  const mixed = mixedLog(trail, live);
  if (mixed === null) return trail;
  const uids = new Set(live.ingresses.map(({ object }) => uidOf(object)));
  const isOwn = ({ after, uid, verb }: ClusterWrite) =>
    uid === null ? after === undefined && verb !== "delete" : uids.has(uid);
  return {
    ...trail,
    writes: trail.writes.filter(isOwn),
    problems: [...trail.problems, mixedLogProblem(mixed)],
  };
}

function mixedLogProblem({ sign }: MixedLog): Problem {
  return {
    path: "audit log",
    line: null,
    code: MIXED,
    message: `The audit log has events of more than one cluster, or of one that was restored from a backup: ${sign}. Only writes to objects that the cluster has, by their uid, are believed.`,
    remedy: "Give --audit-log the files of the audited cluster's API servers alone.",
    level: "warning",
  };
}
