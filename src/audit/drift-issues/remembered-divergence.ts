import type { AuditReport, ReportedCommit, ReportedDivergence } from "../../report/audit-report.ts";
import type { TrackedDivergence } from "../../report/drift-issue/tracked-divergence.ts";

/**
 * A divergence as an issue shows it: where an earlier audit knew more of the same values, with what that one found.
 *
 * @param commits Those that this report describes, by sha.
 */
export function rememberedDivergence(
  divergence: ReportedDivergence,
  tracked: TrackedDivergence,
  commits: ReadonlyMap<string, ReportedCommit>,
): ReportedDivergence {
  if (tracked.evidence === divergence.evidence && tracked.verdict === divergence.verdict) return divergence;
  const known = tracked.commits.flatMap((sha) => commits.get(sha) ?? []);
  return {
    ...divergence,
    verdict: tracked.verdict,
    evidence: tracked.evidence,
    reason: `An earlier audit found this, and both values have been the same since; this one’s evidence does not reach as far: ${divergence.reason}`,
    commits: known,
    matchesCommit: null,
    ref: null,
    rule: null,
    actor: tracked.actor === null ? null : { ...NO_ACTOR, ...tracked.actor },
  };
}

const NO_ACTOR = { groups: [], source: null, userAgent: null, sourceIP: null, operation: null };

/** Every commit that a report describes. */
export function commitsIn(report: AuditReport): ReadonlyMap<string, ReportedCommit> {
  const all = report.ingresses.flatMap(({ divergences }) =>
    divergences.flatMap(({ commits, conflict, matchesCommit }) => [
      ...commits,
      ...conflict,
      ...(matchesCommit === null ? [] : [matchesCommit]),
    ]),
  );
  return new Map(all.map((commit) => [commit.sha, commit]));
}
