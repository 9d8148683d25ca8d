import { WHOLE_CLUSTER } from "../../report/drift-issue/issue-state.ts";
import type { IssueDecision } from "./issue-decision.ts";
import { ISSUE_RULES } from "./issue-rules.ts";
import type { Duplicate, KnownIssue, OwnIssues } from "./known-issue.ts";
import { nextWrite } from "./next-write.ts";
import { type RunFacts, type Situation, situationOf } from "./situation.ts";
import { subjectsOf } from "./subjects.ts";

/**
 * Decide what is to be done to each issue: a pure function of the report, the issues with what they remember and what
 * people said there, and the options. The rows of {@link ISSUE_RULES} are tried in order.
 *
 * @returns What is opened first, worst first, then the rest by number.
 */
export function decideIssues(issues: OwnIssues, run: RunFacts): readonly IssueDecision[] {
  const subjects = subjectsOf(run.report, run.options.issuePer);
  const shown = new Map(subjects.map(({ name, shown }) => [name, shown]));
  const known = [...issues.bySubject.values()];
  const fitting = known.filter(({ state }) => fits(state.subject, run));
  const names = new Set([...shown.keys(), ...fitting.map(({ state }) => state.subject)]);
  const situations = [...names].map((name) =>
    situationOf(name, shown.get(name) ?? [], issues.bySubject.get(name) ?? null, run),
  );
  return withinLimit(
    [
      ...situations.map((situation) => decide(situation, run)),
      ...known.filter(({ state }) => !fits(state.subject, run)).flatMap((each) => regroup(each, run)),
      ...issues.duplicates.map((duplicate) => mergeDecision(duplicate, run)),
    ],
    run.options.maxIssues,
  );
}

function decide(situation: Situation, run: RunFacts): IssueDecision {
  const rule = ISSUE_RULES.find(({ when }) => when(situation, run));
  if (rule === undefined) throw new RangeError(`No rule applies to ${situation.subject}`);
  const { subject, known } = situation;
  return { subject, rule: rule.name, issue: known?.issue ?? null, ...rule.decide(situation, run) };
}

/** Whether an issue's subject is one that this configuration makes issues of. */
function fits(subject: string, { options }: RunFacts): boolean {
  return (subject === WHOLE_CLUSTER) === (options.issuePer === "cluster");
}

/** The configuration groups otherwise now: what is still open is closed, and followed in other issues. */
function regroup(known: KnownIssue, run: RunFacts): readonly IssueDecision[] {
  if (known.issue.state === "closed") return [];
  const { subject } = known.state;
  const situation = { ...situationOf(subject, [], known, run), tracked: [], happenings: [] };
  const write = nextWrite(situation, run, {
    status: "resolved",
    to: "closed-not-planned",
    events: [{ kind: "regrouped", per: run.options.issuePer }],
    comment: "regrouped",
  });
  return [{ subject, rule: "regrouped", outcome: "closed", issue: known.issue, write, why: null }];
}

/**
 * Close a duplicate with a word on where its subject is followed; without a comment, so that two runs which both see it
 * write the same.
 */
export function mergeDecision({ issue, state, of }: Duplicate, { at }: RunFacts): IssueDecision {
  const { subject } = state;
  const merged = { ...state, status: "merged" as const, mergedInto: of.number, serial: state.serial + 1, at };
  const write = {
    state: merged,
    to: "closed-duplicate" as const,
    comment: null,
    answers: [],
    mayBeSaid: false,
    labels: { add: [], remove: [] },
    assign: null,
    view: { shown: [], responsible: [] },
  };
  return {
    subject,
    rule: "duplicate",
    outcome: "merged",
    issue,
    write,
    why: `it is followed in #${of.number}`,
  };
}

/** One run opens so many issues and no more: the worst come first, the rest waits for the next run and is said. */
function withinLimit(decisions: readonly IssueDecision[], maxIssues: number): readonly IssueDecision[] {
  let room = maxIssues;
  return decisions.map((decision) => {
    if (decision.outcome !== "opened" && decision.outcome !== "reopened") return decision;
    room -= 1;
    if (room >= 0) return decision;
    const why = `one run opens ${maxIssues} issues at most`;
    return { ...decision, outcome: "beyond-limit", write: null, why };
  });
}
