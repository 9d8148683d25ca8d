import type { AuditReport, ReportedDivergence } from "../../../src/report/audit-report.ts";
import type { Story } from "./life.ts";
import { ALL_LOSSES, type Loss } from "./lossy-logs.ts";
import { type TrueAnswer, trueAnswers } from "./true-answer.ts";

/** How much the audit is told. */
export const MODES = ["audit log", "managedFields", "applied revision"] as const;
/** A complete log, however its files are cut, and logs that lack something. */
export type Mode = (typeof MODES)[number] | "shuffled files" | "two clusters" | Loss;

/** Whether the audit is told everything, and so must answer everything. */
function isComplete(mode: Mode): boolean {
  return mode === "audit log" || mode === "shuffled files";
}

function isLossy(mode: Mode): boolean {
  return mode === "two clusters" || ALL_LOSSES.some((loss) => loss === mode);
}

export interface Mistake {
  readonly seed: number;
  readonly mode: Mode;
  readonly key: string;
  readonly field: string;
  /** What is wrong, one reason a line. */
  readonly reasons: readonly string[];
  readonly expected: TrueAnswer | null;
  readonly got: ReportedDivergence | null;
}

export interface Score {
  /** What there truly is. */
  readonly answers: readonly TrueAnswer[];
  /** Answers that name a commit, a user or a controller's rule, and those of them that are right. */
  readonly named: number;
  readonly namedRight: number;
  /** Divergences behind which there is somebody: all of them. */
  readonly nameable: number;
  readonly mistakes: readonly Mistake[];
}

type Named = ReportedDivergence["commits"];

/** Compare a report with what truly happened. */
export function judge(story: Story, mode: Mode, report: AuditReport): Score {
  const answers = new Map<string, TrueAnswer>(
    trueAnswers(story).map((answer) => [`${answer.key} ${answer.field}`, answer]),
  );
  const reported = new Map<string, ReportedDivergence>(
    report.ingresses.flatMap(({ namespace, name, divergences }) =>
      divergences.map((divergence) => [`${namespace}/${name} ${divergence.field}`, divergence] as const),
    ),
  );
  const judged = [...new Set([...answers.keys(), ...reported.keys()])].sort().map((place) => {
    const expected = answers.get(place) ?? null;
    const got = reported.get(place) ?? null;
    const reasons = faults(story, mode, expected, got);
    const [key = "", ...field] = place.split(" ");
    return {
      expected,
      got,
      reasons,
      mistake: { seed: story.seed, mode, key, field: field.join(" "), reasons, expected, got },
    };
  });
  const named = judged.filter(({ got }) => got !== null && isNaming(got));
  return {
    answers: [...answers.values()],
    nameable: answers.size,
    named: named.length,
    namedRight: named.filter(
      ({ expected, got, reasons }) => reasons.length === 0 && isFull(story, mode, expected, got),
    ).length,
    mistakes: judged.filter(({ reasons }) => reasons.length > 0).map(({ mistake }) => mistake),
  };
}

function isNaming({ commits, conflict, actor, rule }: ReportedDivergence): boolean {
  return commits.length > 0 || conflict.length > 0 || actor?.user != null || rule !== null;
}

/** Whether the answer names all that it should. With the log anything less is a mistake already. */
function isFull(
  story: Story,
  mode: Mode,
  expected: TrueAnswer | null,
  got: ReportedDivergence | null,
): boolean {
  if (isComplete(mode)) return true;
  if (expected === null || got === null) return false;
  if (expected.verdict === "controller") return got.verdict === "controller";
  if (isLossy(mode) && expected.verdict === "out-of-band") return got.actor?.user === expected.actor?.user;
  const named = new Set([...got.commits, ...got.conflict].map(({ sha }) => sha));
  const { required } = expected.verdict === "out-of-band" ? expected.conflict : expected.commits;
  return [...required].every((number) => named.has(shaOf(story, number)));
}

function faults(
  story: Story,
  mode: Mode,
  expected: TrueAnswer | null,
  got: ReportedDivergence | null,
): string[] {
  if (expected === null) return ["reported, but there is no such divergence"];
  if (got === null) return ["not reported"];
  const reasons = [
    ...(got.change === expected.change ? [] : [`change is ${got.change}, not ${expected.change}`]),
    ...[...got.commits, ...got.conflict, ...(got.matchesCommit === null ? [] : [got.matchesCommit])].flatMap(
      (commit) => wrongAuthors(story, commit),
    ),
    ...(got.matchesCommit === null
      ? []
      : notAmong(story, "matchesCommit", [got.matchesCommit], expected.matches)),
  ];
  return [...reasons, ...faultsIn(mode, story, expected, got)];
}

function faultsIn(mode: Mode, story: Story, expected: TrueAnswer, got: ReportedDivergence): string[] {
  if (isComplete(mode)) return faultsWithLog(story, expected, got);
  return isLossy(mode) ? faultsWithLossyLog(story, expected, got) : faultsWithout(story, expected, got);
}

/** With the log everything must be right. */
function faultsWithLog(story: Story, expected: TrueAnswer, got: ReportedDivergence): string[] {
  const ref = got.ref;
  return [
    ...(got.verdict === expected.verdict || expected.otherVerdicts.has(got.verdict)
      ? []
      : [`verdict is ${got.verdict}, not ${expected.verdict}`]),
    ...(got.evidence === "proven" || expected.actor === null ? [] : [`evidence is ${got.evidence}`]),
    ...(got.actor?.user === expected.actor?.user || expected.otherUsers.has(got.actor?.user ?? "")
      ? []
      : [`actor is ${got.actor?.user}, not ${expected.actor?.user}`]),
    ...((got.actor?.impersonatedBy ?? null) === (expected.actor?.impersonatedBy ?? null)
      ? []
      : [`impersonated by ${got.actor?.impersonatedBy}`]),
    ...(got.verdict !== "unmerged" || (ref !== null && expected.refs.has(ref)) ? [] : [`ref is ${ref}`]),
    ...(expected.verdict !== "controller" || got.rule !== null ? [] : ["no rule is named"]),
    ...wrongClaim(story, "commits", got.commits, expected.commits),
    ...wrongClaim(story, "conflict", got.conflict, expected.conflict),
    ...wronglyTold(expected, got),
  ];
}

/** Who else had a hand in it is told in the reason, and nobody who had none. */
function wronglyTold({ actor, told }: TrueAnswer, { reason }: ReportedDivergence): string[] {
  const peopleOf = (each: { user: string | null; impersonatedBy: string | null } | null) =>
    [each?.user, each?.impersonatedBy].filter((person) => person != null);
  const possible = new Set([actor, ...told].flatMap(peopleOf));
  const named = reason.match(/[\w.]+@[\w.]+\w/g) ?? [];
  const [newest] = told;
  return [
    ...named.filter((person) => !possible.has(person)).map((person) => `the reason names ${person} wrongly`),
    ...peopleOf(newest ?? null)
      .filter((person) => !reason.includes(person))
      .map((person) => `the reason lacks ${person}`),
  ];
}

/** Without the log it may say less, but whom it names must be behind it. */
function faultsWithout(story: Story, expected: TrueAnswer, got: ReportedDivergence): string[] {
  return [
    ...(got.actor?.user == null ? [] : [`names ${got.actor.user} without a log`]),
    ...wrongProgram(expected, got),
    ...notAmong(story, "commits", got.commits, expected.causes),
    ...notAmong(story, "conflict", got.conflict, expected.unapplied),
  ];
}

/** managedFields knows programs: one that is told as behind it must be that. */
function wrongProgram({ fieldManagers }: TrueAnswer, { actor }: ReportedDivergence): string[] {
  if (actor === null || actor.user !== null || actor.fieldManager === null) return [];
  return fieldManagers.has(actor.fieldManager)
    ? []
    : [`the program is ${actor.fieldManager}, not ${[...fieldManagers].join(" or ")}`];
}

/** A log that lacks events may leave much unsaid, but whoever is named must be behind it all the same. */
function faultsWithLossyLog(story: Story, expected: TrueAnswer, got: ReportedDivergence): string[] {
  const { actor, rule } = got;
  const isRightUser = actor?.user === expected.actor?.user || expected.otherUsers.has(actor?.user ?? "");
  const isRightImpersonator = actor?.impersonatedBy === (expected.actor?.impersonatedBy ?? null);
  return [
    ...(actor?.user == null || (isRightUser && isRightImpersonator)
      ? []
      : [`actor is ${actor.user}, not ${expected.actor?.user}`]),
    ...wrongProgram(expected, got),
    ...(rule === null || expected.verdict === "controller" ? [] : [`rule ${rule} is named wrongly`]),
    ...notAmong(story, "commits", got.commits, expected.causes.union(expected.commits.allowed)),
    ...notAmong(story, "conflict", got.conflict, expected.unapplied.union(expected.conflict.allowed)),
    ...namedWrongly(story, expected, got),
  ];
}

/** The reason of a lossy log may tell of any write that was made, but of no person who never wrote to the Ingress. */
function namedWrongly({ cluster }: Story, { key }: TrueAnswer, { reason }: ReportedDivergence): string[] {
  const writers = new Set(
    cluster.writes(key).flatMap(({ user, impersonatedBy }) => [user, impersonatedBy ?? user]),
  );
  const named = reason.match(/[\w.]+@[\w.]+\w/g) ?? [];
  return named
    .filter((person) => !writers.has(person))
    .map((person) => `the reason names ${person}, who never wrote to it`);
}

function wrongClaim(story: Story, what: string, got: Named, claim: TrueAnswer["commits"]): string[] {
  const named = new Set(got.map(({ sha }) => sha));
  const missing = [...claim.required].filter((number) => !named.has(shaOf(story, number)));
  return [
    ...notAmong(story, what, got, claim.allowed),
    ...missing.map((number) => `${what} lacks ${number}`),
  ];
}

function notAmong(story: Story, what: string, got: Named, allowed: ReadonlySet<number>): string[] {
  const shas = new Set([...allowed].map((number) => shaOf(story, number)));
  return got
    .filter(({ sha }) => !shas.has(sha))
    .map(({ sha }) => `${what} names ${numberOf(story, sha)} wrongly`);
}

function wrongAuthors(story: Story, got: Named[number]): string[] {
  const commit = story.git.commits[numberOf(story, got.sha)];
  if (commit === undefined) return [`names ${got.sha}, which nobody made`];
  const people = (each: { name: string; email: string }) => `${each.name} <${each.email}>`;
  const expected = [commit.author, ...commit.coAuthors].map(people);
  const named = [got.author, ...got.coAuthors].map(people);
  return expected.join() === named.join()
    ? []
    : [`authors of ${commit.number} are ${named}, not ${expected}`];
}

export function shaOf({ git, repository }: Story, number: number): string {
  return repository.sha(git.commit(number).label);
}

/** -1 where no such commit was made. */
export function numberOf(story: Story, sha: string): number {
  return story.git.commits.findIndex(({ label }) => story.repository.sha(label) === sha);
}
