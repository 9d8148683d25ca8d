import { describe, expect, test } from "vitest";
import { DRIFT_ISSUE_DEFAULTS } from "../../../src/audit/drift-issues/drift-issue-options.ts";
import { ISSUE_RULES } from "../../../src/audit/drift-issues/issue-rules.ts";
import type { KnownIssue } from "../../../src/audit/drift-issues/known-issue.ts";
import type { RunFacts } from "../../../src/audit/drift-issues/situation.ts";
import type { ReportedProblem } from "../../../src/report/audit-report.ts";
import {
  afterwards,
  closedByPerson,
  comment,
  decisionOn,
  openedBy,
  runOver,
} from "../../support/drift/decisions.ts";
import {
  API_FIELD,
  type Differences,
  driftReport,
  PENDING,
  SIZE_FIELD,
} from "../../support/drift/drift-report.ts";

const MONDAY = "2026-03-02T10:00:00Z";
const TUESDAY = "2026-03-03T10:00:00Z";

const DIFFERS: Differences = { "shop/web": [{}] };
const AGREES: Differences = { "shop/web": [] };
const SECOND: Differences = { "shop/web": [{}, { field: SIZE_FIELD, severity: "medium" }] };
const MOVED: Differences = { "shop/web": [{ live: "api-v3" }] };

const ERROR: ReportedProblem = {
  ...{ path: "deploy/bad.yaml", line: 3, code: "yaml-syntax", message: "no", remedy: "mend it" },
  ...{ level: "error", ingress: null },
};

const opened = openedBy(driftReport(DIFFERS, MONDAY));
const resolved = afterwards(opened, decisionOn(runOver(driftReport(AGREES, MONDAY)), opened));
const accepted = afterwards(
  opened,
  decisionOn(runOver(driftReport(DIFFERS, MONDAY)), withComments(opened, "/ingress-audit accept")),
);
const insisted = afterwards(
  closedByPerson(opened, "completed"),
  decisionOn(runOver(driftReport(DIFFERS, TUESDAY)), closedByPerson(opened, "completed")),
);

function withComments(known: KnownIssue, ...bodies: readonly string[]): KnownIssue {
  return { ...known, comments: bodies.map((body, index) => comment(10 + index, body)) };
}

function snoozed(known: KnownIssue, until: string): KnownIssue {
  return { ...known, state: { ...known.state, snooze: { until, by: "ann-lee" } } };
}

function reopenedByPerson(known: KnownIssue): KnownIssue {
  return { ...known, issue: { ...known.issue, state: "open", closedAt: null, stateReason: null } };
}

function tuesday(differences: Differences, facts: Partial<RunFacts> = {}): RunFacts {
  return runOver(driftReport(differences, TUESDAY), facts);
}

function withError(run: RunFacts): RunFacts {
  return { ...run, report: { ...run.report, problems: [ERROR] } };
}

const TWICE = { options: { ...DRIFT_ISSUE_DEFAULTS, detections: 2 } };

interface Row {
  readonly rule: string;
  readonly that: string;
  readonly known: KnownIssue | null;
  readonly run: RunFacts;
  /** Outcome, what becomes of the issue, the comment's headline and the state's status; null where nothing is written. */
  readonly done: readonly [outcome: string, to?: string, headline?: string | null, status?: string];
}

const ROWS: readonly Row[] = [
  {
    rule: "not-often-enough",
    that: "waits where it takes two audits in a row",
    known: null,
    run: tuesday(DIFFERS, TWICE),
    done: ["waiting"],
  },
  {
    rule: "new",
    that: "opens an issue",
    known: null,
    run: tuesday(DIFFERS),
    done: ["opened", "open", null, "open"],
  },
  {
    rule: "older-reading",
    that: "leaves what a newer reading has written",
    known: openedBy(driftReport(DIFFERS, "2026-03-03T10:00:01Z")),
    run: tuesday(AGREES),
    done: ["left"],
  },
  {
    rule: "not-known",
    that: "never closes where something could not be read",
    known: opened,
    run: withError(tuesday(AGREES)),
    done: ["left"],
  },
  {
    rule: "not-known",
    that: "leaves what lies outside the audited namespaces",
    known: opened,
    run: tuesday({}, { scope: { namespaces: ["other"], isNarrowed: false } }),
    done: ["left"],
  },
  {
    rule: "not-known",
    that: "leaves what lies outside the audited paths",
    known: opened,
    run: tuesday({}, { scope: { namespaces: "all", isNarrowed: true } }),
    done: ["left"],
  },
  {
    rule: "accepted-by-command",
    that: "closes as not planned what somebody accepts",
    known: withComments(opened, "/ingress-audit accept"),
    run: tuesday(DIFFERS),
    done: ["closed", "closed-not-planned", "accepted", "accepted"],
  },
  {
    rule: "reopened-though-in-sync",
    that: "leaves open what a person reopened",
    known: reopenedByPerson(resolved),
    run: tuesday(AGREES),
    done: ["left"],
  },
  {
    rule: "resolved",
    that: "closes with the cause",
    known: opened,
    run: tuesday(AGREES),
    done: ["closed", "closed-completed", "resolved", "resolved"],
  },
  {
    rule: "resolved",
    that: "closes what both have no more",
    known: opened,
    run: tuesday({}),
    done: ["closed", "closed-completed", "resolved", "resolved"],
  },
  {
    rule: "resolved",
    that: "closes without a comment where it is snoozed",
    known: snoozed(opened, "2026-04-01"),
    run: tuesday(AGREES),
    done: ["closed", "closed-completed", null, "resolved"],
  },
  {
    rule: "resolved",
    that: "closes what was read whole, where problems are allowed",
    known: opened,
    run: withError(tuesday(AGREES, { options: { ...DRIFT_ISSUE_DEFAULTS, allowProblems: true } })),
    done: ["closed", "closed-completed", "resolved", "resolved"],
  },
  {
    rule: "not-known",
    that: "leaves what may be hidden, though problems are allowed",
    known: opened,
    run: withError(tuesday({}, { options: { ...DRIFT_ISSUE_DEFAULTS, allowProblems: true } })),
    done: ["left"],
  },
  {
    rule: "returned-while-open",
    that: "follows again what returns to an issue that a person reopened",
    known: reopenedByPerson(resolved),
    run: tuesday(DIFFERS),
    done: ["updated", "stay", "returned", "open"],
  },
  {
    rule: "followed-again",
    that: "follows again what was accepted, where a person reopens it",
    known: reopenedByPerson(accepted),
    run: tuesday(DIFFERS),
    done: ["updated", "stay", null, "open"],
  },
  {
    rule: "snooze-ended",
    that: "tells that a snooze has ended",
    known: snoozed(opened, "2026-03-02"),
    run: tuesday(DIFFERS),
    done: ["updated", "stay", "snooze-ended", "open"],
  },
  {
    rule: "something-new",
    that: "comments on a new difference",
    known: opened,
    run: tuesday(SECOND),
    done: ["updated", "stay", "changed", "open"],
  },
  {
    rule: "something-new",
    that: "comments on another verdict",
    known: opened,
    run: tuesday({ "shop/web": [PENDING] }),
    done: ["updated", "stay", "changed", "open"],
  },
  {
    rule: "something-new",
    that: "comments on a part that is resolved",
    known: openedBy(driftReport(SECOND, MONDAY)),
    run: tuesday(DIFFERS),
    done: ["updated", "stay", "changed", "open"],
  },
  {
    rule: "changed-quietly",
    that: "writes without a comment while it is snoozed",
    known: snoozed(opened, "2026-04-01"),
    run: tuesday(SECOND),
    done: ["updated", "stay", null, "open"],
  },
  {
    rule: "changed-quietly",
    that: "writes without a comment where only the value moved",
    known: opened,
    run: tuesday(MOVED),
    done: ["updated", "stay", null, "open"],
  },
  { rule: "same", that: "writes nothing", known: opened, run: tuesday(DIFFERS), done: ["unchanged"] },
  {
    rule: "asked-while-closed",
    that: "notes a snooze of what is resolved",
    known: withComments(resolved, "/ingress-audit snooze 14 days"),
    run: tuesday(AGREES),
    done: ["updated", "stay", null, "resolved"],
  },
  {
    rule: "asked-while-closed",
    that: "does not reopen what is snoozed in the same run in which it returns",
    known: withComments(resolved, "/ingress-audit snooze 14 days"),
    run: tuesday(DIFFERS),
    done: ["updated", "stay", null, "resolved"],
  },
  {
    rule: "asked-while-closed",
    that: "notes that people’s talk was read, so that it is not read again",
    known: withComments(resolved, "Thank you!"),
    run: tuesday(AGREES),
    done: ["updated", "stay", null, "resolved"],
  },
  {
    rule: "returned",
    that: "is not held up by talk",
    known: withComments(resolved, "Thank you!"),
    run: tuesday(DIFFERS),
    done: ["reopened", "open", "returned", "open"],
  },
  {
    rule: "accepted-while-closed",
    that: "takes what has returned for accepted",
    known: withComments(resolved, "/ingress-audit accept"),
    run: tuesday(DIFFERS),
    done: ["updated", "closed-not-planned", null, "accepted"],
  },
  {
    rule: "still-resolved",
    that: "writes nothing",
    known: resolved,
    run: tuesday(AGREES),
    done: ["unchanged"],
  },
  {
    rule: "confirmed",
    that: "tells the cause where a person had closed it as completed",
    known: closedByPerson(opened, "completed"),
    run: tuesday(AGREES),
    done: ["updated", "stay", "confirmed", "resolved"],
  },
  {
    rule: "confirmed",
    that: "notes in silence that something accepted is gone",
    known: closedByPerson(opened, "not_planned"),
    run: tuesday(AGREES),
    done: ["updated", "stay", null, "resolved"],
  },
  {
    rule: "closed-after-the-reading",
    that: "leaves what was closed after the cluster was read",
    known: closedByPerson(openedBy(driftReport(DIFFERS, TUESDAY)), "completed"),
    run: tuesday(DIFFERS),
    done: ["left"],
  },
  {
    rule: "closed-and-snoozed",
    that: "leaves closed what returns during a snooze",
    known: snoozed(resolved, "2026-04-01"),
    run: tuesday(DIFFERS),
    done: ["left"],
  },
  {
    rule: "returned-not-often-enough",
    that: "waits for the second audit in a row",
    known: resolved,
    run: tuesday(DIFFERS, TWICE),
    done: ["waiting"],
  },
  {
    rule: "returned",
    that: "reopens our own close",
    known: resolved,
    run: tuesday(DIFFERS),
    done: ["reopened", "open", "returned", "open"],
  },
  {
    rule: "still-differs",
    that: "reopens once what a person closed as completed",
    known: closedByPerson(opened, "completed"),
    run: tuesday(DIFFERS),
    done: ["reopened", "open", "still-differs", "open"],
  },
  {
    rule: "accepted",
    that: "leaves closed what a person closed as completed for the second time",
    known: closedByPerson(insisted, "completed"),
    run: runOver(driftReport(DIFFERS, "2026-03-05T10:00:00Z")),
    done: ["left"],
  },
  {
    rule: "beyond-what-was-accepted",
    that: "reopens where another field differs too",
    known: closedByPerson(opened, "not_planned"),
    run: tuesday(SECOND),
    done: ["reopened", "open", "no-longer-accepted", "open"],
  },
  {
    rule: "beyond-what-was-accepted",
    that: "reopens where the accepted value moved on",
    known: accepted,
    run: tuesday(MOVED),
    done: ["reopened", "open", "no-longer-accepted", "open"],
  },
  {
    rule: "beyond-what-was-accepted",
    that: "reopens where it has become worse",
    known: accepted,
    run: tuesday({ "shop/web": [{ severity: "critical" }] }),
    done: ["reopened", "open", "no-longer-accepted", "open"],
  },
  {
    rule: "accepted-in-part",
    that: "notes in silence that a part of it is gone",
    known: closedByPerson(openedBy(driftReport(SECOND, MONDAY)), "duplicate"),
    run: tuesday(DIFFERS),
    done: ["updated", "stay", null, "accepted"],
  },
  {
    rule: "accepted",
    that: "leaves it",
    known: closedByPerson(opened, "not_planned"),
    run: tuesday(DIFFERS),
    done: ["left"],
  },
];

describe("the rules", () => {
  test.each(ROWS)("$rule: $that", ({ rule, known, run, done }) => {
    const decision = decisionOn(run, known);
    const [outcome, to, headline = null, status] = done;
    expect(decision.rule).toBe(rule);
    expect(decision.outcome).toBe(outcome);
    expect(decision.write?.to).toBe(to);
    expect(decision.write?.comment?.headline ?? null).toBe(headline);
    expect(decision.write?.state.status).toBe(status);
  });

  test("each have a row", () => {
    const covered = new Set(ROWS.map(({ rule }) => rule));
    expect([...covered].sort()).toEqual(ISSUE_RULES.map(({ name }) => name).sort());
  });

  test("say why where they leave something", () => {
    const left = ROWS.filter(({ done: [outcome] }) => outcome === "left");
    const reasons = left.map(({ known, run }) => decisionOn(run, known).why);
    expect(reasons.filter((why) => why === null || why === "")).toEqual([]);
  });
});

describe("a value that goes back and forth", () => {
  test("accepted, gone and back, is news again", () => {
    const known = closedByPerson(openedBy(driftReport(SECOND, MONDAY)), "not_planned");
    const gone = afterwards(known, decisionOn(tuesday(DIFFERS), known));
    const back = decisionOn(runOver(driftReport(SECOND, "2026-03-04T10:00:00Z")), gone);
    expect(gone.issue.state).toBe("closed");
    expect(back.rule).toBe("beyond-what-was-accepted");
  });
});

test("the field that the tests speak of is one of the report's", () => {
  expect(opened.state.divergences.map(({ field }) => field)).toEqual([API_FIELD]);
});
