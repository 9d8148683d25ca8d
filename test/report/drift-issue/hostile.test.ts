import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerComment } from "../../../src/report/drift-issue/answer-comment.ts";
import { detectionsBody, readDetections } from "../../../src/report/drift-issue/detections.ts";
import { driftComment } from "../../../src/report/drift-issue/drift-comment.ts";
import { issueBody } from "../../../src/report/drift-issue/issue-body.ts";
import { readIssueState } from "../../../src/report/drift-issue/issue-state.ts";
import { issueTitle } from "../../../src/report/drift-issue/issue-title.ts";
import { issuesSummary } from "../../../src/report/drift-issue/issues-summary.ts";
import { othersText } from "../../../src/report/drift-issue/own-part.ts";
import { findMarker } from "../../../src/report/hidden-marker.ts";
import { happeningsIn, runNote, viewOf } from "../../support/drift/issue-views.ts";
import { partsOf, renderGithubMarkdown } from "../../support/github-markdown.ts";
import { sampleReport } from "../../support/sample-report.ts";
import { hostileReport, hostileText } from "../hostile-report.ts";

const NOTHING = { before: "", after: "" };
/** Our own markup, and nothing that a text could bring. */
const OUR_TAGS =
  /^<\/?(?:p|h[34]|ul|li|strong|em|code(?: class="language-diff")?|pre|table|thead|tbody|tr|th|td|details|summary|sub|br ?\/?)>$/;
const OUR_LINK = /^https:\/\/github\.com\/acme\/shop\/(?:blob|commit|pull|actions)\//;

function expectInert(markdown: string): void {
  const { tags, links, text, comments } = partsOf(renderGithubMarkdown(markdown));
  expect(tags.filter((tag) => !tag.startsWith("<a ") && tag !== "</a>" && !OUR_TAGS.test(tag))).toEqual([]);
  expect(links.filter((link) => !OUR_LINK.test(link))).toEqual([]);
  expect(comments.filter((comment) => !/^<!-- \/?ingress-audit:/.test(comment))).toEqual([]);
  expect(text).not.toMatch(/(?<![\w])@[A-Za-z0-9]|(?<![\w&])#\d|GH-\d|:\/\/|www\./i);
  expect(markdown).not.toMatch(/[^\P{Cc}\n]|\p{Cs}/u);
}

/** The sample in `acme/shop`, but for that every text is hostile. */
const hostile = hostileReport.map((report) => ({
  ...report,
  git: { ...report.git, repository: sampleReport().git.repository },
}));

describe("whatever was read", () => {
  test("an issue’s body has our markup and markers alone", () => {
    fc.assert(
      fc.property(hostile, hostileText, (report, cluster) => {
        const view = viewOf(report);
        const body = issueBody({ ...view, cluster: { ...view.cluster, name: cluster } }, NOTHING);
        expectInert(body);
        expect(readIssueState(findMarker(body, "drift-issue")?.data)).toEqual(view.state);
        expect(body.match(/^<!-- \/?ingress-audit/gm)).toHaveLength(2);
      }),
      { numRuns: 25 },
    );
  });

  test("it adds no heading, row or cell to an issue", () => {
    const shapeOf = (markdown: string) =>
      partsOf(renderGithubMarkdown(markdown)).tags.filter((tag) =>
        /^<(?:h\d|tr|td|table|details)>$/.test(tag),
      );
    const expected = shapeOf(issueBody(viewOf(sampleReport()), NOTHING));
    fc.assert(
      fc.property(hostile, (report) => {
        const shape = shapeOf(issueBody(viewOf(report), NOTHING));
        expect(shape.filter((tag) => tag === "<h3>")).toEqual(expected.filter((tag) => tag === "<h3>"));
        expect(shape.length).toBe(expected.length);
      }),
      { numRuns: 25 },
    );
  });

  test("a comment has our markup and marker alone", () => {
    fc.assert(
      fc.property(hostile, hostileText, (report, subject) => {
        const view = viewOf(report);
        const comment = {
          ...{ serial: 2, subject, headline: "changed" as const, report, responsible: view.responsible },
          happenings: happeningsIn(view.shown),
        };
        const body = driftComment(comment, runNote(report));
        expectInert(body);
        expect(findMarker(body, "drift-comment")?.data).toEqual({ serial: 2 });
      }),
      { numRuns: 25 },
    );
  });

  test("an answer, the notebook, the summary and the title are inert", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (text, other) => {
        expectInert(answerComment([{ kind: "not-understood", text, why: "no" }], 1));
        const counts = [{ id: "0".repeat(16), ingress: text, field: other, times: 1, since: other }];
        const state = { v: 1, key: "0".repeat(16), at: "2026-03-04T10:00:00Z", counts } as const;
        const notebook = detectionsBody(state, 3);
        expectInert(notebook);
        expect(readDetections(notebook)?.counts).toEqual(counts);
        const result = { outcome: "failed", rule: "new", number: 1, url: null } as const;
        expectInert(issuesSummary([{ ...result, subject: text, why: other }]));
        expect(issueTitle(text, other)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  test("a name that is no login is never mentioned", () => {
    fc.assert(
      fc.property(hostile, (report) => {
        const view = viewOf(report, { run: { mentions: true } });
        const mentions = partsOf(renderGithubMarkdown(issueBody(view, NOTHING))).text.match(
          /(?<!\w)@[\w/-]+/g,
        );
        const proven = view.responsible.filter(({ kind }) => kind !== "email").map(({ name }) => `@${name}`);
        for (const mention of mentions ?? []) expect(proven).toContain(mention);
      }),
      { numRuns: 25 },
    );
  });
});

describe("people’s own text", () => {
  const text = fc
    .oneof(hostileText, fc.lorem())
    .map((words) => words.replaceAll("\r\n", "\n").trim())
    .filter((words) => !/^<!-- ingress-audit:drift-issue/m.test(words));

  test("comes through any number of writes as it was", () => {
    const view = viewOf(sampleReport());
    fc.assert(
      fc.property(text, text, (before, after) => {
        const written = issueBody(view, { before, after });
        const again = issueBody(view, othersText(written));
        expect(othersText(again)).toEqual({ before, after });
        expect(again).toBe(written);
      }),
    );
  });
});
