import type { AuditReport } from "./audit-report.ts";
import { shortSha } from "./describe-commit.ts";
import { absoluteTime, describeTime } from "./describe-time.ts";
import { grouped } from "./elide.ts";
import { own, type Phrase, say, value } from "./phrase.ts";

/** `acme/shop main @ 3f9c2ab`. */
export function describeGit({ git }: Pick<AuditReport, "git">): Phrase {
  const repository = git.repository === null ? [] : say`${value(git.repository)} `;
  const worktree = git.worktree ? " with the work tree’s changes" : "";
  const shallow = git.shallow ? " (shallow clone)" : "";
  return say`${repository}${value(git.ref)} @ ${value(shortSha(git.commit))}${own(worktree + shallow)}`;
}

/** `applied revision 1d2e3f4, observed 2026-03-04 10:15:00 UTC (2 minutes ago)`. */
export function describeObserved({ cluster }: AuditReport, now: Date | null): Phrase {
  const applied =
    cluster.appliedRevision === null
      ? say`applied revision not known`
      : say`applied revision ${value(shortSha(cluster.appliedRevision))}`;
  const observed = cluster.observedAt === null ? "at an unknown time" : describeTime(cluster.observedAt, now);
  return say`${applied}, observed ${own(observed)}`;
}

export function describeCoverage({ cluster }: Pick<AuditReport, "cluster">): Phrase {
  if (cluster.auditLog === null)
    return say`no audit log: the cluster’s writes are known from managedFields alone`;
  const { from, to, events } = cluster.auditLog;
  return say`audit log from ${own(absoluteTime(from))} to ${own(absoluteTime(to))}, ${own(grouped(events))} events`;
}

/** What a report leaves out of sight, in words; empty where it leaves out nothing. */
export function hiddenWords(
  { summary, belowMinSeverity }: AuditReport,
  { showIgnored }: { showIgnored: boolean },
): string {
  if (showIgnored) return "";
  const writes = summary.verdicts.controller;
  const lesser = belowMinSeverity.count;
  const counts = [
    lesser === 0 ? null : `${lesser} less severe than ${belowMinSeverity.minSeverity}`,
    writes === 0 ? null : `${writes} ${writes === 1 ? "write" : "writes"} by controllers`,
    summary.ignored === 0 ? null : `${summary.ignored} ignored by rule`,
  ].filter((count) => count !== null);
  return counts.length === 0 ? "" : `${counts.join(", ")} (--show-ignored shows them)`;
}

/** Ingresses that the audit passed over, as other paths or repositories declare them; empty where there are none. */
export function elsewhereWords({ summary: { elsewhere, otherRepositories = 0 } }: AuditReport): string {
  const others =
    otherRepositories === 0 ? "" : `${live(otherRepositories)} of the configuration’s other repositories`;
  if (elsewhere === 0) return others;
  const here = `${live(elsewhere)} declared elsewhere in the repository and ${elsewhere === 1 ? "was" : "were"} not audited`;
  return others === "" ? here : `${here}; ${others}`;
}

function live(count: number): string {
  return count === 1 ? "1 live Ingress is" : `${grouped(count)} live Ingresses are`;
}

/** How many Ingresses differ in nothing but what the report does not show. */
export function quietlyDiffering(report: AuditReport, shown: number): number {
  return report.ingresses.length - report.summary.inSync - shown;
}
