import type { AuditReport, ReportedDivergence, ReportedProblem } from "../../../src/report/audit-report.ts";
import type { Expectation, ExpectedDivergence } from "./expectation-format.ts";

export interface CaseOutcome {
  readonly exit: number;
  readonly report: AuditReport;
}

interface Comparison {
  readonly expected: unknown;
  readonly actual: unknown;
}

/** What the case expects and what came out, of the same form, so that a difference shows itself. */
export function comparison(
  expect: Expectation,
  { exit, report }: CaseOutcome,
  labelOf: (sha: string) => string,
): Comparison {
  const divergences = report.ingresses.flatMap((ingress) =>
    ingress.divergences.map((divergence) => ({
      ingress: `${ingress.namespace}/${ingress.name}`,
      divergence,
    })),
  );
  return {
    expected: {
      ...expect,
      problems: expect.problems,
      inSync: expect.inSync ?? null,
    },
    actual: {
      exit,
      divergences: divergences.map(({ ingress, divergence }, index) =>
        shownDivergence(ingress, divergence, expect.divergences[index], labelOf),
      ),
      problems: report.problems.map((problem, index) => shownProblem(problem, expect.problems[index])),
      ignored: Object.fromEntries(
        report.ignored.filter(({ count }) => count > 0).map(({ rule, count }) => [rule, count]),
      ),
      belowMinSeverity: report.summary.belowMinSeverity,
      accepted: report.summary.accepted,
      elsewhere: report.summary.elsewhere,
      inSync: expect.inSync === undefined ? null : report.summary.inSync,
      unreadable: report.summary.unreadable,
    },
  };
}

function shownDivergence(
  ingress: string,
  divergence: ReportedDivergence,
  expected: ExpectedDivergence | undefined,
  labelOf: (sha: string) => string,
): Record<string, unknown> {
  const labels = (commits: ReportedDivergence["commits"]) => commits.map(({ sha }) => labelOf(sha));
  const { commits, conflict, matchesCommit, actor } = divergence;
  const all: Record<string, unknown> = {
    ...divergence,
    ingress,
    commits: labels(commits),
    authors: commits.map(({ author }) => author.name),
    coAuthors: commits.flatMap(({ coAuthors }) => coAuthors.map(({ name }) => name)),
    pullRequest: commits[0]?.pullRequest?.number ?? null,
    conflict: labels(conflict),
    matchesCommit: matchesCommit === null ? null : labelOf(matchesCommit.sha),
    input: divergence.input == null ? null : `${divergence.input.path}:${divergence.input.line}`,
    reason: matched(divergence.reason, expected?.reason),
    remedy: matched(divergence.remedy, expected?.remedy),
  };
  const always = [
    "ingress",
    "field",
    "change",
    "verdict",
    "evidence",
    "commits",
    "conflict",
    "matchesCommit",
    "ref",
    "rule",
  ];
  const keys = expected === undefined ? [...always, "reason"] : Object.keys(expected);
  return {
    ...Object.fromEntries(keys.map((key) => [key, all[key]])),
    actor: shownActor(actor, expected?.actor),
  };
}

/** A person is never named unless the case says so. */
function shownActor(
  actor: ReportedDivergence["actor"],
  expected: ExpectedDivergence["actor"],
): Record<string, unknown> | undefined {
  const named = { user: actor?.user ?? null, impersonatedBy: actor?.impersonatedBy ?? null };
  if (expected === undefined) return named.user === null ? undefined : named;
  const all: Record<string, unknown> = { ...actor, ...named };
  const keys = new Set([...Object.keys(expected), ...(named.user === null ? [] : ["user"])]);
  if (named.impersonatedBy !== null) keys.add("impersonatedBy");
  return Object.fromEntries([...keys].map((key) => [key, all[key] ?? null]));
}

function shownProblem(
  problem: ReportedProblem,
  expected: Expectation["problems"][number] | undefined,
): Record<string, unknown> {
  const all: Record<string, unknown> = {
    ...problem,
    ingress: problem.ingress === null ? null : `${problem.ingress.namespace}/${problem.ingress.name}`,
    message: matched(problem.message, expected?.message),
    remedy: matched(problem.remedy, expected?.remedy),
  };
  const keys = expected === undefined ? ["code", "path", "line", "message"] : Object.keys(expected);
  return Object.fromEntries(keys.map((key) => [key, all[key]]));
}

/** The expected regular expression itself where it matches, so that only a mismatch shows the text. */
function matched(text: string, pattern: string | undefined): string {
  return pattern !== undefined && new RegExp(pattern.slice(1, -1), "s").test(text) ? pattern : text;
}
