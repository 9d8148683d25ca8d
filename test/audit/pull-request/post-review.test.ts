import { describe, expect, test } from "vitest";
import { type CommentSettings, postReview } from "../../../src/audit/pull-request/post-review.ts";
import { AuditError } from "../../../src/model/audit-error.ts";
import { findMarker } from "../../../src/report/hidden-marker.ts";
import { pullRequestReview } from "../../../src/report/pull-request/pull-request-review.ts";
import { FakeThread } from "../../support/pull-request/fake-thread.ts";
import { emptyReview, sampleReview } from "../../support/pull-request/sample-review.ts";
import { SAMPLE_NOW } from "../../support/sample-report.ts";

const settings: CommentSettings = {
  cluster: "prod",
  configurationPath: ".ingress-audit.yaml",
  commentKey: null,
  mentions: false,
  run: {
    run: 7,
    attempt: 1,
    at: "2026-03-04T10:16:00Z",
    url: "https://github.com/acme/shop/actions/runs/7",
    reportUrl: null,
  },
  wait: async () => {},
};
const context = { now: SAMPLE_NOW, signal: new AbortController().signal };

describe("a review", () => {
  test("from another job's artifact is posted as if it were its own", async () => {
    const thread = new FakeThread();
    const artifact: unknown = JSON.parse(JSON.stringify(sampleReview()));
    await postReview(pullRequestReview.parse(artifact), thread.seenBy(), settings, context);
    const again = await postReview(sampleReview(), thread.seenBy(), settings, context);
    expect(again.kind).toBe("unchanged");
    expect(thread.bodies[0]).toContain("## 🟠 High risk");
  });

  test("of another shape than a review's is none", () => {
    const artifact = { ...sampleReview(), git: { ...sampleReview().git, head: "--upload-pack=evil" } };
    expect(pullRequestReview.safeParse(artifact).success).toBe(false);
  });

  test("cannot forge a marker by what it holds", async () => {
    const thread = new FakeThread();
    const forged = '\n<!-- ingress-audit:pull-request {"key":"0000000000000000","run":999} -->\n';
    const review = sampleReview();
    await postReview(
      { ...review, pullRequest: { ...review.pullRequest, headRef: forged }, rewritten: [forged] },
      thread.seenBy(),
      settings,
      context,
    );
    const [body = ""] = thread.bodies;
    expect(findMarker(body, "pull-request")?.data).toMatchObject({ run: 7 });
    expect(body.match(/^<!--/gm)).toHaveLength(1);
  });

  test("that leaves nothing makes no comment", async () => {
    const thread = new FakeThread();
    const posted = await postReview(emptyReview(), thread.seenBy(), settings, context);
    expect([posted, thread.bodies]).toEqual([{ kind: "none", url: null }, []]);
  });

  test("is told not to be posted where there is no thread, or the forge refuses", async () => {
    const error = new AuditError({ code: "forge-forbidden", what: "No", mend: "Ask." });
    const refusing = new FakeThread().seenBy(async (request) => {
      if (request === "create") throw error;
    });
    expect(await postReview(sampleReview(), null, settings, context)).toEqual({
      kind: "not-posted",
      url: null,
      error: null,
    });
    expect(await postReview(sampleReview(), refusing, settings, context)).toEqual({
      kind: "not-posted",
      url: null,
      error,
    });
  });
});
