import { EVIDENCE } from "../../model/verdict.ts";
import type { ReportedActor, ReportedDivergence } from "../../report/audit-report.ts";
import type { TrackedDivergence } from "../../report/drift-issue/tracked-divergence.ts";
import { valueHash } from "../../report/value-hash.ts";

const MOST_COMMITS = 5;

/** What an issue remembers of a divergence that it sees for the first time. */
export function newlyTracked(
  ingress: string,
  divergence: ReportedDivergence,
  since: string,
): TrackedDivergence {
  const { id, field, change, verdict, evidence, severity, actor } = divergence;
  return {
    ...{ id, ingress, field, change, verdict, evidence, severity, since },
    desired: valueHash(change === "added" && divergence.desired === null ? undefined : divergence.desired),
    live: valueHash(change === "removed" && divergence.live === null ? undefined : divergence.live),
    commits: shasOf(divergence.commits),
    conflict: shasOf(divergence.conflict),
    actor: actor === null ? null : trackedActor(actor),
  };
}

/**
 * What an issue remembers of a divergence from now on. Where both values are still the same, an audit that knows less
 * than an earlier one (its log begins later, say) takes nothing back.
 */
export function trackedAgain(before: TrackedDivergence, divergence: ReportedDivergence): TrackedDivergence {
  const now = newlyTracked(before.ingress, divergence, before.since);
  if (!isSameValue(before, now)) return now;
  if (knowsLess(before, now)) return { ...before, severity: now.severity, conflict: now.conflict };
  // The same writer's further writes of the same value are repetition.
  return isSameActor(before.actor, now.actor) ? { ...now, actor: before.actor } : now;
}

export function isSameValue(before: TrackedDivergence, now: TrackedDivergence): boolean {
  return before.desired === now.desired && before.live === now.live;
}

/** A client's name, address and time may change from write to write: the user or, without one, the program counts. */
export function isSameActor(before: TrackedDivergence["actor"], now: TrackedDivergence["actor"]): boolean {
  if (before === null || now === null) return before === now;
  if (before.user !== now.user || before.impersonatedBy !== now.impersonatedBy) return false;
  return before.user !== null || before.fieldManager === now.fieldManager;
}

/** Weaker evidence for the same values, and no sign that somebody has written since. */
function knowsLess(before: TrackedDivergence, now: TrackedDivergence): boolean {
  const isWeaker = EVIDENCE.indexOf(now.evidence) > EVIDENCE.indexOf(before.evidence);
  return isWeaker && !isLater(now.actor?.at ?? null, before.actor?.at ?? null);
}

/** managedFields has whole seconds, the audit log has microseconds. */
function isLater(now: string | null, before: string | null): boolean {
  if (now === null || before === null) return false;
  return Math.floor(Date.parse(now) / 1000) > Math.ceil(Date.parse(before) / 1000);
}

function trackedActor({
  user,
  impersonatedBy,
  fieldManager,
  at,
  auditID,
}: ReportedActor): TrackedDivergence["actor"] {
  return { user, impersonatedBy, fieldManager, at, auditID };
}

function shasOf(commits: readonly { readonly sha: string }[]): readonly string[] {
  return commits.slice(0, MOST_COMMITS).map(({ sha }) => sha);
}
