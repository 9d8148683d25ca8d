import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  digestOf,
  isLaterRun,
  markedBody,
  markerStart,
  readMark,
} from "../../../src/audit/pull-request/comment-mark.ts";
import type { WantedComment } from "../../../src/audit/pull-request/plan-comment.ts";
import { type Reconciling, reconcileComment } from "../../../src/audit/pull-request/reconcile-comment.ts";
import { threadKey } from "../../../src/audit/reporting/thread-key.ts";
import type { CommentThread } from "../../../src/ports/comment-thread.ts";
import { hostileText } from "../../report/hostile-report.ts";
import { FakeThread } from "../../support/pull-request/fake-thread.ts";
import { emptyReview, sampleReview } from "../../support/pull-request/sample-review.ts";

const KEY = threadKey({
  cluster: "prod",
  configurationPath: ".ingress-audit.yaml",
  commentKey: null,
});

function wanted(text: string, run: number, parts: Partial<WantedComment> = {}): WantedComment {
  const headSha = text.padEnd(40, "0").slice(0, 40);
  const mark = { key: KEY, run, attempt: 1, at: "2026-03-04T10:17:00Z", headSha, digest: text };
  return { mark, text, isWorthCreating: true, ...parts };
}

const calm = (parts: Partial<Reconciling> = {}): Reconciling => ({
  signal: new AbortController().signal,
  wait: async () => {},
  isOutdated: async () => false,
  ...parts,
});

async function run(thread: FakeThread, comment: WantedComment, parts: Partial<Reconciling> = {}) {
  return await reconcileComment(thread.seenBy(), comment, calm(parts));
}

const texts = (thread: FakeThread) => thread.bodies.map((body) => body.split("\n").slice(1).join("\n"));

describe("the sticky comment", () => {
  test("is created once, updated in place, and left alone where it says the same", async () => {
    const thread = new FakeThread();
    const first = await run(thread, wanted("a", 1));
    const second = await run(thread, wanted("b", 2));
    const third = await run(thread, wanted("b", 3));
    expect([first.kind, second.kind, third.kind]).toEqual(["created", "updated", "unchanged"]);
    expect(thread.writes).toEqual(["create 1", "update 1"]);
    expect(texts(thread)).toEqual(["b"]);
    expect(new Set([first.url, second.url, third.url])).toEqual(
      new Set(["https://github.com/acme/shop/pull/7#issuecomment-1"]),
    );
  });

  test("is not begun where there is nothing to say, but brought up to date where it is there", async () => {
    const thread = new FakeThread();
    const nothing = wanted("nothing left", 1, { isWorthCreating: false });
    expect(await run(thread, nothing)).toEqual({ kind: "none", url: null });
    await run(thread, wanted("a", 2));
    await run(thread, wanted("nothing left", 3, { isWorthCreating: false }));
    expect(texts(thread)).toEqual(["nothing left"]);
  });

  test("of another cluster, configuration or key is another one", async () => {
    const thread = new FakeThread();
    const audit = { cluster: "prod", configurationPath: ".ingress-audit.yaml", commentKey: null };
    const keys = [
      audit,
      { ...audit, cluster: "stage" },
      { ...audit, configurationPath: "b.yaml" },
      { ...audit, commentKey: "b" },
    ].map(threadKey);
    for (const key of keys) await run(thread, { ...wanted("a", 1), mark: { ...wanted("a", 1).mark, key } });
    expect(new Set(keys).size).toBe(4);
    expect(thread.bodies).toHaveLength(4);
  });

  test("of somebody who copied the marker is never touched", async () => {
    const thread = new FakeThread();
    const forged = thread.add(markedBody(wanted("forged", 99).mark, "forged"), "somebody");
    await run(thread, wanted("a", 1));
    await run(thread, wanted("b", 2));
    expect(thread.comments.get(forged.id)?.body).toBe(forged.body);
    expect(texts(thread)).toEqual(["forged", "b"]);
  });

  test("is written anew where its marker was spoilt", async () => {
    const thread = new FakeThread();
    thread.add(`${markerStart(KEY)},"digest":7} -->\nold`, "us");
    await run(thread, wanted("a", 1));
    expect(texts(thread)).toEqual(["a"]);
  });

  test("is not written by a run whose head is not the pull request's any more", async () => {
    const thread = new FakeThread();
    const outcome = await run(thread, wanted("old", 1), { isOutdated: async () => true });
    expect([outcome, thread.writes]).toEqual([{ kind: "superseded", url: null }, []]);
  });
});

describe("an older run", () => {
  test("does not overwrite what a newer one wrote", async () => {
    const thread = new FakeThread();
    await run(thread, wanted("new", 8));
    const outcome = await run(thread, wanted("old", 7));
    expect(outcome.kind).toBe("superseded");
    expect(texts(thread)).toEqual(["new"]);
  });

  test("that wrote over a newer one in the same moment is put right by it", async () => {
    const thread = new FakeThread();
    await run(thread, wanted("first", 1));
    const old = wanted("old", 7);
    // The old run had looked before, and writes while the new one waits for just that.
    const wait = async () => {
      if (!texts(thread).includes("old")) {
        await thread.seenBy().update(1, markedBody(old.mark, old.text), calm().signal);
        thread.writes.pop();
      }
    };
    let waits = 0;
    await run(thread, wanted("new", 8), { wait: async () => (waits++ === 0 ? await wait() : undefined) });
    expect(texts(thread)).toEqual(["new"]);
    expect(thread.writes).toEqual(["create 1", "update 1", "update 1"]);
  });

  test.each([
    [{ run: 7, attempt: 1 }, { run: 8, attempt: 1 }, false],
    [{ run: 8, attempt: 1 }, { run: 7, attempt: 5 }, true],
    [{ run: 7, attempt: 2 }, { run: 7, attempt: 1 }, true],
    [{ run: 7, attempt: 1 }, { run: 7, attempt: 1 }, false],
    [{ run: null, attempt: null }, { run: 7, attempt: 1 }, true],
  ])("is known by its number (%o, %o)", (one, other, isLater) => {
    const at = { one: "2026-03-04T10:00:01Z", other: "2026-03-04T10:00:00Z" };
    expect(isLaterRun({ ...one, at: at.one }, { ...other, at: at.other })).toBe(isLater);
  });
});

describe("runs at the same time", () => {
  test("make one comment, whatever the order of their requests", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.constantFrom(0, 1, 2), async (scheduler, already) => {
        const thread = new FakeThread();
        for (let each = 0; each < already; each++)
          thread.add(markedBody(wanted(`x${each}`, each).mark, "x"), "us");
        const seen = () => thread.seenBy((request) => scheduler.schedule(Promise.resolve(), request));
        const wait = () => scheduler.schedule(Promise.resolve(), "wait");
        const runs = [wanted("a", 11), wanted("b", 12), wanted("c", 13)];
        const all = Promise.allSettled(
          runs.map((comment) => reconcileComment(seen(), comment, calm({ wait }))),
        );
        await scheduler.waitIdle();
        const settled = await all;
        expect(thread.bodies).toHaveLength(1);
        expect(["a", "b", "c"]).toContain(texts(thread)[0]);
        expect(settled.filter(({ status }) => status === "rejected")).toEqual([]);
        await run(thread, wanted("c", 14));
        expect(texts(thread)).toEqual(["c"]);
      }),
      { numRuns: 500 },
    );
  });

  test("that are cut off anywhere leave what the next run puts right", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.constantFrom(0, 1, 3), async (limit, already) => {
        const thread = new FakeThread();
        for (let each = 0; each < already; each++)
          thread.add(markedBody(wanted(`x${each}`, each).mark, "x"), "us");
        await reconcileComment(cutOffAfter(thread, limit), wanted("a", 11), calm()).catch(() => {});
        if (already > 0) expect(thread.bodies.length).toBeGreaterThan(0);
        await run(thread, wanted("b", 12));
        expect(texts(thread)).toEqual(["b"]);
      }),
    );
  });
});

describe("the marker", () => {
  test("is one line that hides, whatever it holds, and is read back", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (headSha, text) => {
        const mark = { ...wanted("a", 1).mark, headSha };
        const body = markedBody(mark, text);
        const [first = ""] = body.split("\n");
        expect(first).toMatch(/^<!-- ingress-audit:pull-request \{[^<>]*\} -->$/);
        expect(first.startsWith(markerStart(KEY))).toBe(true);
        expect(readMark(body)).toEqual(mark);
      }),
    );
  });

  test("tells whether a review says the same, whenever the cluster was read", () => {
    const review = sampleReview();
    const later = {
      ...review,
      git: { ...review.git, base: "1".repeat(40), head: "2".repeat(40) },
      cluster: review.cluster && { ...review.cluster, observedAt: "2026-03-05T10:15:00Z" },
    };
    expect(digestOf(later, null)).toBe(digestOf(review, null));
    expect(digestOf(emptyReview(), null)).not.toBe(digestOf(review, null));
    expect(digestOf(review, { mentions: true })).not.toBe(digestOf(review, null));
  });
});

/** A run that ends after so many requests, as a cancelled one does. */
function cutOffAfter(thread: FakeThread, limit: number): CommentThread {
  let requests = 0;
  return thread.seenBy(async () => {
    requests += 1;
    if (requests > limit) throw new Error("cancelled");
  });
}
