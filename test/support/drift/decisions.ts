import { decideIssues } from "../../../src/audit/drift-issues/decide-issues.ts";
import { DRIFT_ISSUE_DEFAULTS } from "../../../src/audit/drift-issues/drift-issue-options.ts";
import type { IssueDecision } from "../../../src/audit/drift-issues/issue-decision.ts";
import type { KnownIssue, OwnIssues } from "../../../src/audit/drift-issues/known-issue.ts";
import type { RunFacts } from "../../../src/audit/drift-issues/situation.ts";
import type { IssueComment, TrackedIssue } from "../../../src/ports/issue-tracker.ts";
import type { AuditReport } from "../../../src/report/audit-report.ts";
import type { IssueState } from "../../../src/report/drift-issue/issue-state.ts";

export const KEY = "0123456789abcdef";

/** A run over a report, with everything else as it usually is. */
export function runOver(report: AuditReport, facts: Partial<RunFacts> = {}): RunFacts {
  const at = report.cluster.observedAt ?? "";
  return {
    key: KEY,
    report,
    scope: { namespaces: "all", isNarrowed: false },
    options: DRIFT_ISSUE_DEFAULTS,
    ownersOf: () => [{ kind: "login", name: "edge-owner" }],
    causes: new Map(),
    counts: [],
    at,
    now: new Date(at),
    ...facts,
  };
}

/** The decisions of a run, by subject. */
export function decisions(
  run: RunFacts,
  known: readonly KnownIssue[] = [],
  more: Partial<OwnIssues> = {},
): ReadonlyMap<string, IssueDecision> {
  const bySubject = new Map(known.map((each) => [each.state.subject, each]));
  const decided = decideIssues(
    { bySubject, duplicates: [], detections: null, spareDetections: [], ...more },
    run,
  );
  return new Map(decided.map((decision) => [decision.subject, decision]));
}

/** The decision about the one subject of most tests. */
export function decisionOn(run: RunFacts, known: KnownIssue | null, subject = "shop/web"): IssueDecision {
  const decision = decisions(run, known === null ? [] : [known]).get(subject);
  if (decision === undefined) throw new Error(`Nothing was decided on ${subject}`);
  return decision;
}

/** The issue that a run over a report opens, as the next run finds it. */
export function openedBy(
  report: AuditReport,
  changes: { readonly issue?: Partial<TrackedIssue>; readonly state?: Partial<IssueState> } = {},
  subject = "shop/web",
): KnownIssue {
  const { write } = decisionOn(runOver(report), null, subject);
  if (write === null) throw new Error(`Nothing was opened for ${subject}`);
  return knownIssue({ ...write.state, ...changes.state }, changes.issue);
}

/** The same issue after a decision was applied. */
export function afterwards(known: KnownIssue, { write }: IssueDecision): KnownIssue {
  if (write === null) return known;
  const state = write.to === "stay" ? known.issue.state : write.to === "open" ? "open" : "closed";
  const isClosed = state === "closed";
  return {
    comments: [],
    state: write.state,
    issue: {
      ...known.issue,
      state,
      closedAt: isClosed ? write.state.at : null,
      stateReason: !isClosed ? null : write.to === "closed-completed" ? "completed" : "not_planned",
    },
  };
}

function knownIssue(state: IssueState, issue: Partial<TrackedIssue> = {}): KnownIssue {
  return {
    state,
    comments: [],
    issue: {
      number: 1,
      url: "https://github.com/acme/shop/issues/1",
      title: "Ingress shop/web differs",
      body: "",
      state: "open",
      stateReason: null,
      closedByUs: null,
      labels: ["ingress-drift"],
      assignees: [],
      createdAt: state.at,
      updatedAt: state.at,
      closedAt: null,
      commentCount: state.comments,
      ...issue,
    },
  };
}

/** Closed by a person, an hour after the state was written. */
export function closedByPerson(known: KnownIssue, stateReason: TrackedIssue["stateReason"]): KnownIssue {
  const closedAt = new Date(Date.parse(known.state.at) + 3_600_000).toISOString();
  return { ...known, issue: { ...known.issue, state: "closed", stateReason, closedAt } };
}

/** What somebody who may write to the repository says, unless it says otherwise. */
export function comment(id: number, body: string, more: Partial<IssueComment> = {}): IssueComment {
  return {
    ...{ id, body, author: "ann-lee", isOwn: false, isTrusted: true },
    createdAt: "2026-03-04T11:00:00Z",
    url: `https://github.com/acme/shop/issues/1#issuecomment-${id}`,
    ...more,
  };
}
