import { AuditError } from "../../model/audit-error.ts";
import { UNCOMMITTED } from "../../model/commit.ts";
import type { CommitDirectory, ForgeCommit } from "../../ports/commit-directory.ts";
import type {
  AuditReport,
  ReportedCommit,
  ReportedDivergence,
  ReportedPerson,
  ReportedProblem,
} from "../../report/audit-report.ts";

type Known = ReadonlyMap<string, ForgeCommit>;

/**
 * Put into a report's commits what the forge knows of them: the logins of authors and co-authors, found by e-mail address,
 * and the pull request with who merged and who approved it.
 *
 * @returns The report as it was, with one warning more, where the forge cannot be asked.
 */
export async function enrichCommits(
  report: AuditReport,
  directory: CommitDirectory,
  signal: AbortSignal,
): Promise<AuditReport> {
  const shas = [...new Set(commitsOf(report).map(({ sha }) => sha))].filter((sha) => sha !== UNCOMMITTED);
  if (shas.length === 0) return report;
  try {
    const known = await directory.lookUp(shas, signal);
    return withWarnings(withCommits(report, known), withheldIn(known));
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    return withWarnings(report, [
      warning(error.code, `${error.what}; logins and pull requests are left out`, error.mend),
    ]);
  }
}

/** All the commits that a report names, in its order. */
function commitsOf(report: AuditReport): readonly ReportedCommit[] {
  return report.ingresses
    .flatMap(({ divergences }) => divergences)
    .flatMap(({ commits, conflict, matchesCommit }) => [
      ...commits,
      ...conflict,
      ...(matchesCommit === null ? [] : [matchesCommit]),
    ]);
}

function withCommits(report: AuditReport, known: Known): AuditReport {
  const enrich = (commit: ReportedCommit) => enrichCommit(commit, known.get(commit.sha));
  const enrichAll = (divergence: ReportedDivergence): ReportedDivergence => ({
    ...divergence,
    commits: divergence.commits.map(enrich),
    conflict: divergence.conflict.map(enrich),
    matchesCommit: divergence.matchesCommit === null ? null : enrich(divergence.matchesCommit),
  });
  const ingresses = report.ingresses.map((ingress) => ({
    ...ingress,
    divergences: ingress.divergences.map(enrichAll),
  }));
  return { ...report, ingresses };
}

/**
 * What Git's own messages tell of a pull request stays where the forge knows none. An open one holds a commit of another
 * ref; on the audited ref itself the commit came some other way.
 */
export function enrichCommit(commit: ReportedCommit, known: ForgeCommit | undefined): ReportedCommit {
  if (known === undefined) return commit;
  const isAnothers = known.isOpen === true && commit.ref === null;
  const withLogin = (person: ReportedPerson) => ({
    ...person,
    login: known.logins.get(person.email.toLowerCase()) ?? person.login,
  });
  return {
    ...commit,
    author: withLogin(commit.author),
    coAuthors: commit.coAuthors.map(withLogin),
    pullRequest: (isAnothers ? null : known.pullRequest) ?? commit.pullRequest,
  };
}

function withheldIn(known: Known): readonly ReportedProblem[] {
  const reason = [...known.values()].find(({ withheld }) => withheld !== undefined)?.withheld;
  return reason === undefined ? [] : [warning("forge-forbidden", reason.what, reason.mend)];
}

function withWarnings(report: AuditReport, warnings: readonly ReportedProblem[]): AuditReport {
  const problems = [...report.problems, ...warnings];
  return { ...report, problems, summary: { ...report.summary, problems: problems.length } };
}

function warning(code: string, message: string, remedy: string): ReportedProblem {
  return { path: "forge", line: null, code, message, remedy, level: "warning", ingress: null };
}
