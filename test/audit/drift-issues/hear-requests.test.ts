import { describe, expect, test } from "vitest";
import { hearRequests } from "../../../src/audit/drift-issues/hear-requests.ts";
import type { KnownIssue } from "../../../src/audit/drift-issues/known-issue.ts";
import type { IssueComment } from "../../../src/ports/issue-tracker.ts";
import type { IssueState } from "../../../src/report/drift-issue/issue-state.ts";
import { comment, openedBy } from "../../support/drift/decisions.ts";
import { driftReport } from "../../support/drift/drift-report.ts";

const NOW = new Date("2026-03-04T10:00:00Z");

function issue(
  given: {
    readonly comments?: readonly IssueComment[];
    readonly labels?: readonly string[];
    readonly state?: Partial<IssueState>;
  } = {},
): KnownIssue {
  const known = openedBy(driftReport({ "shop/web": [{}] }), { state: given.state ?? {} });
  const labels = [...known.issue.labels, ...(given.labels ?? [])];
  return { ...known, comments: given.comments ?? [], issue: { ...known.issue, labels } };
}

describe("comments", () => {
  test("of those who may write are obeyed, and answered", () => {
    const heard = hearRequests(issue({ comments: [comment(7, "/ingress-audit snooze 14 days")] }), NOW);
    expect(heard).toMatchObject({
      snooze: { until: "2026-03-18", by: "ann-lee" },
      answers: [{ kind: "snoozed", until: "2026-03-18" }],
      heard: 7,
    });
  });

  test("are obeyed in their order", () => {
    const comments = [
      comment(7, "/ingress-audit snooze 14 days"),
      comment(8, "/ingress-audit unsnooze"),
      comment(9, "/ingress-audit accept", { author: "bochen" }),
    ];
    expect(hearRequests(issue({ comments }), NOW)).toMatchObject({
      snooze: null,
      acceptedBy: "bochen",
      heard: 9,
    });
  });

  test("of strangers are answered once for an issue, and never obeyed", () => {
    const stranger = { author: "stranger", isTrusted: false };
    const comments = [1, 2, 3].map((id) => comment(id, "/ingress-audit accept", stranger));
    const heard = hearRequests(issue({ comments }), NOW);
    const later = hearRequests(issue({ comments, state: { answered: heard.answered } }), NOW);
    expect(heard).toMatchObject({ acceptedBy: null, answers: [{ kind: "not-trusted" }] });
    expect(later.answers).toEqual([]);
  });

  test("of ours command nothing", () => {
    const own = comment(7, "/ingress-audit accept", { isOwn: true });
    expect(hearRequests(issue({ comments: [own] }), NOW)).toMatchObject({ acceptedBy: null, answers: [] });
  });

  test("that are not understood are answered", () => {
    const heard = hearRequests(issue({ comments: [comment(7, "/ingress-audit sleep")] }), NOW);
    expect(heard.answers).toMatchObject([{ kind: "not-understood", text: "/ingress-audit sleep" }]);
  });

  test("without a command are passed over, and not read again", () => {
    const heard = hearRequests(issue({ comments: [comment(7, "Who did this?")] }), NOW);
    expect(heard).toMatchObject({ answers: [], heard: 7 });
  });
});

describe("a label", () => {
  test("snoozes until the end of its day", () => {
    const heard = hearRequests(issue({ labels: ["snooze-until-2026-03-04"] }), NOW);
    expect(heard.snooze).toEqual({ until: "2026-03-04", by: null });
  });

  test("counts beside a command where its day is later", () => {
    const state = { snooze: { until: "2026-03-10", by: "ann-lee" } };
    const later = hearRequests(issue({ state, labels: ["snooze-until-2026-03-11"] }), NOW);
    const earlier = hearRequests(issue({ state, labels: ["snooze-until-2026-03-09"] }), NOW);
    expect(later.snooze).toEqual({ until: "2026-03-11", by: null });
    expect(earlier.snooze).toEqual(state.snooze);
  });

  test("that is taken off ends its snooze, and nobody has to be told", () => {
    const heard = hearRequests(issue({ state: { snooze: { until: "2026-03-20", by: null } } }), NOW);
    expect(heard).toMatchObject({ snooze: null, snoozeEnded: null });
  });

  test("counts no more once somebody unsnoozed", () => {
    const labels = ["snooze-until-2026-12-31"];
    const comments = [comment(7, "/ingress-audit unsnooze")];
    const heard = hearRequests(issue({ labels, comments }), NOW);
    const later = hearRequests(issue({ labels, state: { spentLabels: heard.spentLabels } }), NOW);
    expect(heard.snooze).toBeNull();
    expect(later.snooze).toBeNull();
  });

  test.each(["snooze-until-tomorrow", "snooze-until-2026-02-30", "snooze-until-2026-3-4"])(
    "that names no day is answered once: %s",
    (label) => {
      const heard = hearRequests(issue({ labels: [label] }), NOW);
      const later = hearRequests(issue({ labels: [label], state: { answered: heard.answered } }), NOW);
      expect(heard).toMatchObject({ snooze: null, answers: [{ kind: "not-understood", text: label }] });
      expect(later.answers).toEqual([]);
    },
  );
});

describe("a snooze that ends", () => {
  const NEXT = new Date("2026-03-05T00:00:00Z");

  test("by its day is told once, though its label stays", () => {
    const labels = ["snooze-until-2026-03-04"];
    const heard = hearRequests(issue({ labels, state: { snooze: { until: "2026-03-04", by: null } } }), NEXT);
    const later = hearRequests(
      issue({ labels, state: { snooze: null, spentLabels: heard.spentLabels } }),
      NEXT,
    );
    expect(heard).toMatchObject({ snooze: null, snoozeEnded: "2026-03-04" });
    expect(later).toMatchObject({ snooze: null, snoozeEnded: null });
  });

  test("by command likewise", () => {
    const state = { snooze: { until: "2026-03-04", by: "ann-lee" } };
    expect(hearRequests(issue({ state }), NEXT)).toMatchObject({ snooze: null, snoozeEnded: "2026-03-04" });
  });

  test("goes on where a later one was asked for", () => {
    const state = { snooze: { until: "2026-03-04", by: "ann-lee" } };
    const comments = [comment(7, "/ingress-audit snooze 3 days")];
    expect(hearRequests(issue({ state, comments }), NEXT)).toMatchObject({
      snooze: { until: "2026-03-08" },
      snoozeEnded: null,
    });
  });
});
