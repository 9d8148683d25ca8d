import { AuditError } from "../../model/audit-error.ts";
import type { CommitDirectory } from "../../ports/commit-directory.ts";
import type { IssueTracker } from "../../ports/issue-tracker.ts";
import type { Cause } from "../../report/drift-issue/happening.ts";
import { WHOLE_CLUSTER } from "../../report/drift-issue/issue-state.ts";
import type { TrackedDivergence } from "../../report/drift-issue/tracked-divergence.ts";
import type { FieldToTrace, FieldTrace } from "../attributed/trace-fields.ts";
import { enrichCommit } from "../reporting/enrich-commits.ts";
import type { OwnersOf } from "./code-owners.ts";
import { codeOwnersAt } from "./code-owners-at.ts";
import type { DriftIssuePorts, DriftIssueRequest } from "./drift-issue-request.ts";
import { explainResolution } from "./explain-resolution.ts";
import { type KnownIssue, type OwnIssues, sortIssues } from "./known-issue.ts";
import { provenOwners } from "./proven-owners.ts";
import { resolvedAmong } from "./resolved-among.ts";
import { foundIn } from "./situation.ts";
import { ingressIdOf, readingOf, type Subject, subjectsOf } from "./subjects.ts";

/** Everything that the decision needs and that had to be read; nothing decided yet. */
export interface GatheredIssues {
  readonly issues: OwnIssues;
  readonly ownersOf: OwnersOf;
  /** Why what is resolved is resolved, by the id of the divergence. */
  readonly causes: ReadonlyMap<string, Cause>;
}

export async function gatherIssues(
  request: DriftIssueRequest,
  ports: DriftIssuePorts,
): Promise<GatheredIssues> {
  const { audit, key, options, signal } = request;
  ports.progress("Reading the issues");
  const issues = sortIssues(await ports.tracker.listOwn(options.label, signal), key);
  const subjects = subjectsOf(audit.report, options.issuePer);
  const causes = await causesOf(request, ports, issues, subjects);
  return {
    issues: { ...issues, bySubject: await withComments(issues.bySubject, ports.tracker, signal) },
    ownersOf: subjects.length === 0 ? () => [] : await ownersAt(request, ports, subjects),
    causes,
  };
}

/** Without the forge's word an owner that is named by an address stays one. */
async function ownersAt(
  { audit, signal }: DriftIssueRequest,
  { git, directory }: DriftIssuePorts,
  subjects: readonly Subject[],
): Promise<OwnersOf> {
  const { commit } = audit.report.git;
  const ownersOf = await codeOwnersAt(git, commit);
  const paths = subjects.flatMap(({ shown }) => shown.flatMap(({ ingress }) => ingress.origin?.path ?? []));
  try {
    return await provenOwners(ownersOf, paths, commit, { git, directory }, signal);
  } catch (error) {
    if (error instanceof AuditError) return ownersOf;
    throw error;
  }
}

const AT_ONCE = 4;

/** Comments are read where there are others than after the last write. */
async function withComments(
  known: OwnIssues["bySubject"],
  tracker: IssueTracker,
  signal: AbortSignal,
): Promise<OwnIssues["bySubject"]> {
  const read = new Map(known);
  const unread = [...known].filter(([, { issue, state }]) => issue.commentCount !== state.comments);
  for (let start = 0; start < unread.length; start += AT_ONCE) {
    const batch = unread.slice(start, start + AT_ONCE);
    const listed = await Promise.all(
      batch.map(([, { issue }]) => tracker.listComments(issue.number, signal)),
    );
    batch.forEach(([subject, each], index) => {
      const comments = (listed[index] ?? []).filter(({ id }) => id > each.state.heard);
      read.set(subject, { ...each, comments });
    });
  }
  return read;
}

async function causesOf(
  { audit, options, signal }: DriftIssueRequest,
  { directory }: DriftIssuePorts,
  issues: OwnIssues,
  subjects: readonly Subject[],
): Promise<ReadonlyMap<string, Cause>> {
  const reading = readingOf(audit.report, audit.scope);
  const found = new Map(subjects.map(({ name, shown }) => [name, foundIn(shown)]));
  const isFitting = (known: KnownIssue) =>
    (known.state.subject === WHOLE_CLUSTER) === (options.issuePer === "cluster");
  const resolved = [...issues.bySubject.values()].filter(isFitting).flatMap((known) =>
    resolvedAmong(known.state.divergences, found.get(known.state.subject) ?? [], reading).map((tracked) => ({
      tracked,
      known,
    })),
  );
  const traces = await audit.trace(resolved.map(({ tracked, known }) => fieldToTrace(tracked, known)));
  const causes = resolved.map(({ tracked }, index): [string, Cause] => {
    const trace: FieldTrace = traces[index] ?? { kind: "unread", why: "it was not traced" };
    return [tracked.id, explainResolution(tracked, trace, audit.report)];
  });
  return new Map(await withForgeCommits(causes, directory, signal));
}

/** Logins and pull requests make a cause easier to read, and it stands without them. */
async function withForgeCommits(
  causes: readonly [string, Cause][],
  directory: CommitDirectory | null,
  signal: AbortSignal,
): Promise<readonly [string, Cause][]> {
  const shas = causes.flatMap(([, cause]) => ("commits" in cause ? cause.commits.map(({ sha }) => sha) : []));
  if (directory === null || shas.length === 0) return causes;
  const known = await lookedUp(directory, [...new Set(shas)], signal);
  return causes.map(([id, cause]) => [
    id,
    "commits" in cause
      ? { ...cause, commits: cause.commits.map((commit) => enrichCommit(commit, known.get(commit.sha))) }
      : cause,
  ]);
}

async function lookedUp(directory: CommitDirectory, shas: readonly string[], signal: AbortSignal) {
  try {
    return await directory.lookUp(shas, signal);
  } catch (error) {
    if (error instanceof AuditError) return new Map<string, never>();
    throw error;
  }
}

function fieldToTrace(
  { ingress, field, change, commits }: TrackedDivergence,
  { state }: KnownIssue,
): FieldToTrace {
  return {
    ...{ id: ingressIdOf(ingress), field, change },
    commit: state.commit,
    at: state.at,
    named: commits,
  };
}
