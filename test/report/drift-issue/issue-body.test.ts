import path from "node:path";
import { describe, expect, test } from "vitest";
import { type Answer, answerComment } from "../../../src/report/drift-issue/answer-comment.ts";
import { detectionsBody } from "../../../src/report/drift-issue/detections.ts";
import { driftComment, type Headline } from "../../../src/report/drift-issue/drift-comment.ts";
import { issueBody, MAX_BODY } from "../../../src/report/drift-issue/issue-body.ts";
import type { IssueResult } from "../../../src/report/drift-issue/issue-result.ts";
import { readIssueState } from "../../../src/report/drift-issue/issue-state.ts";
import { issueTitle } from "../../../src/report/drift-issue/issue-title.ts";
import { issuesSummary } from "../../../src/report/drift-issue/issues-summary.ts";
import { othersText } from "../../../src/report/drift-issue/own-part.ts";
import { findMarker } from "../../../src/report/hidden-marker.ts";
import { driftReport } from "../../support/drift/drift-report.ts";
import { happeningsIn, runNote, viewOf } from "../../support/drift/issue-views.ts";
import { partsOf, renderGithubMarkdown } from "../../support/github-markdown.ts";
import { sampleReport } from "../../support/sample-report.ts";
import { expectGolden } from "../expect-golden.ts";

const GOLDEN = path.join(import.meta.dirname);
const NOTHING = { before: "", after: "" };
/** GitHub's own limit. */
const LIMIT = 65_536;

describe("golden:", () => {
  const golden = (name: string, text: string) => expectGolden(name, `${text}\n`, GOLDEN);

  test("the issue of a whole cluster, with every verdict", () => {
    golden("cluster.md", issueBody(viewOf(sampleReport()), NOTHING));
  });

  test("the issue of one Ingress, mentioning people", () => {
    const report = driftReport({ "shop/web": [{}] });
    golden(
      "ingress.md",
      issueBody(viewOf(report, { state: { subject: "shop/web" }, run: { mentions: true } }), NOTHING),
    );
  });

  test.each<[string, object]>([
    ["snoozed", { snooze: { until: "2026-12-31", by: "ann-lee" } }],
    ["accepted", { status: "accepted" }],
    ["resolved", { status: "resolved", divergences: [] }],
    ["merged", { status: "merged", mergedInto: 7 }],
  ])("an issue that is %s", (name, state) => {
    const view = viewOf(driftReport({ "shop/web": [{}] }), { state: { subject: "shop/web", ...state } });
    const shown = name === "accepted" || name === "snoozed" ? view.shown : [];
    golden(`${name}.md`, issueBody({ ...view, shown }, NOTHING));
  });

  test("every comment", () => {
    const report = sampleReport();
    const view = viewOf(report);
    const headlines: readonly Headline[] = [
      ...(["changed", "resolved", "confirmed", "returned", "still-differs"] as const),
      ...(["no-longer-accepted", "accepted", "snooze-ended", "regrouped"] as const),
    ];
    const comments = headlines.map((headline, index) => {
      const happenings = index === 0 ? happeningsIn(view.shown.slice(0, 1)).slice(0, 12) : [];
      const responsible = index === 0 ? view.responsible : [];
      const comment = { serial: 2, subject: "shop/web", headline, happenings, report, responsible };
      return driftComment(comment, runNote(report));
    });
    golden("comments.md", comments.join("\n\n---\n\n"));
  });

  test("every answer", () => {
    const answers: readonly Answer[] = [
      { kind: "snoozed", until: "2026-12-31" },
      { kind: "unsnoozed" },
      { kind: "not-understood", text: "/ingress-audit sleep", why: "there is no such command" },
      { kind: "not-trusted" },
    ];
    golden("answers.md", answerComment(answers, 3));
  });

  test("the notebook of detections", () => {
    const counts = [
      {
        id: "a".repeat(16),
        ingress: "shop/web",
        field: "spec.ingressClassName",
        times: 2,
        since: "2026-03-04T10:15:00Z",
      },
    ];
    const state = { v: 1, key: "0".repeat(16), at: "2026-03-04T10:15:00Z", counts } as const;
    golden("detections.md", detectionsBody(state, 3));
  });

  test("the summary of a run", () => {
    const outcomes: readonly IssueResult["outcome"][] = [
      ...(["unchanged", "waiting", "beyond-limit", "left", "merged", "closed"] as const),
      ...(["updated", "reopened", "opened", "failed"] as const),
    ];
    const issues = outcomes.map((outcome, index) => ({
      ...{ outcome, rule: "new", subject: `shop/web-${index}`, number: index + 1 },
      url: `https://github.com/acme/shop/issues/${index + 1}`,
      why: outcome === "left" ? "a person accepted it" : null,
    }));
    golden("summary.md", issuesSummary(issues));
  });
});

describe("a long body", () => {
  const long = "x".repeat(300_000);
  const bodies: readonly [string, string][] = [
    [
      "of a thousand Ingresses",
      issueBody(
        viewOf(
          driftReport(
            Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`shop/web-${index}`, [{}]])),
          ),
        ),
        NOTHING,
      ),
    ],
    [
      "of a thousand divergences",
      issueBody(
        viewOf(
          driftReport({
            "shop/web": Array.from({ length: 1_000 }, (_, index) => ({
              field: `metadata.annotations["example.com/${index}"]`,
            })),
          }),
        ),
        NOTHING,
      ),
    ],
    [
      "of endless values",
      issueBody(
        viewOf(
          driftReport({
            "shop/web": [
              {
                live: `a\n${"long\n".repeat(100_000)}`,
                desired: long,
                reason: long,
                severityReason: long,
                remedy: long,
              },
            ],
          }),
        ),
        NOTHING,
      ),
    ],
    [
      "around people’s long text",
      issueBody(viewOf(sampleReport()), { before: "a".repeat(30_000), after: "b".repeat(10_000) }),
    ],
  ];

  test.each(bodies)("%s stays within GitHub’s limit, and whole in its parts", (_, body) => {
    const { tags } = partsOf(renderGithubMarkdown(body));
    const count = (tag: string) => tags.filter((each) => each === tag).length;
    expect(Array.from(body).length).toBeLessThanOrEqual(LIMIT);
    expect(body.length).toBeLessThanOrEqual(LIMIT);
    expect(count("<details>")).toBe(count("</details>"));
    expect(body.match(/^<!-- \/ingress-audit:drift-issue -->$/gm)).toHaveLength(1);
    expect((body.match(/^```/gm) ?? []).length % 2).toBe(0);
  });

  test("says what it leaves out, and where that is", () => {
    expect(bodies[0]?.[1]).toMatch(
      /_\d+ more differences are left out here; \[this run\]\(https:\/\/github\.com\/acme\/shop\/actions\/runs\/7\) has all\._/,
    );
    expect(bodies[0]?.[1]).toMatch(/_\d+ more differ and are left out of this table; the worst are in it\._/);
  });

  test("makes way for people’s text, to the last line", () => {
    const view = viewOf(sampleReport());
    const room = issueBody(view, NOTHING).length;
    const bodyBeside = (length: number) => issueBody(view, { before: "a".repeat(length), after: "b" });
    const bare = bodyBeside(MAX_BODY - 7_000);
    expect(room).toBeGreaterThan(7_000);
    expect(bare.length).toBeLessThanOrEqual(MAX_BODY);
    expect(bare).toContain("_The text around this part leaves no room for more; [this run](");
    expect(othersText(bare)).toEqual({ before: "a".repeat(MAX_BODY - 7_000), after: "b" });
    expect(readIssueState(findMarker(bare, "drift-issue")?.data)?.divergences).toEqual(
      view.state.divergences,
    );
    expect(() => bodyBeside(MAX_BODY - 10)).toThrow(
      expect.objectContaining({ code: "issue-full", mend: expect.stringContaining("Move some of it") }),
    );
  });

  test("keeps people’s text", () => {
    const others = othersText(bodies[3]?.[1] ?? "");
    expect([others.before.length, others.after.length]).toEqual([30_000, 10_000]);
  });
});

describe("a title", () => {
  test("names what it is about, and nothing that changes", () => {
    expect(issueTitle("shop/web", "prod-eu")).toBe("Ingress shop/web differs between Git and prod-eu");
    expect(issueTitle("*", null)).toBe("Ingresses differ between Git and the cluster");
  });

  test("stays within GitHub’s 256 characters", () => {
    expect(Array.from(issueTitle("n".repeat(600), "😀".repeat(600))).length).toBeLessThanOrEqual(256);
  });
});
