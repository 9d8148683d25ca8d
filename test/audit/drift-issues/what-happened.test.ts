import { describe, expect, test } from "vitest";
import { newlyTracked, trackedAgain } from "../../../src/audit/drift-issues/track-divergence.ts";
import { isBeyondAccepted, isNews, whatHappened } from "../../../src/audit/drift-issues/what-happened.ts";
import {
  ALICE,
  BO_COMMIT,
  type DivergenceInput,
  divergence,
  PENDING,
} from "../../support/drift/drift-report.ts";

const MONDAY = "2026-03-02T10:00:00Z";
const MALLORY = { ...ALICE, user: "mallory@example.com", at: "2026-03-04T11:00:00.000000Z", auditID: "a-2" };
const PROGRAM = {
  ...ALICE,
  user: null,
  userAgent: null,
  sourceIP: null,
  auditID: null,
  at: "2026-03-04T09:12:11Z",
};

/** What happens between two audits of one divergence: each kind, with what is news and what ends an acceptance. */
function between(before: DivergenceInput, now: DivergenceInput) {
  const tracked = newlyTracked("shop/web", divergence("shop/web", before), MONDAY);
  const found = divergence("shop/web", now);
  const again = trackedAgain(tracked, found);
  const happened = whatHappened(tracked, again, found);
  return {
    kinds: happened.map(({ kind }) => kind),
    news: happened.some(isNews),
    isBeyond: happened.some(isBeyondAccepted),
    isSame: JSON.stringify(again) === JSON.stringify(tracked),
    again,
  };
}

describe("between two audits", () => {
  test.each<[string, DivergenceInput, DivergenceInput, string[], boolean, boolean]>([
    ["nothing", {}, {}, [], false, false],
    ["the severity rises", {}, { severity: "critical" }, ["severity"], true, true],
    ["the severity falls", {}, { severity: "low" }, ["severity"], false, false],
    [
      "another verdict stands",
      {},
      { ...PENDING, desired: "api", live: "api-hotfix", evidence: "proven" },
      ["verdict"],
      true,
      false,
    ],
    [
      "somebody else writes another value",
      {},
      { live: "api-evil", actor: MALLORY },
      ["actor", "moved"],
      true,
      true,
    ],
    ["the same person writes another value", {}, { live: "api-v3" }, ["moved"], false, true],
    ["Git moves on", {}, { desired: "api-v4", conflict: [BO_COMMIT] }, ["moved", "conflict"], true, true],
    ["the writer becomes known", { actor: null, evidence: "none" }, {}, ["actor"], true, false],
    [
      "a newer commit is pending",
      PENDING,
      { ...PENDING, desired: "api-v3", commits: [{ ...BO_COMMIT, sha: "c".repeat(40) }, BO_COMMIT] },
      ["actor", "moved"],
      true,
      true,
    ],
  ])("%s", (_, before, now, kinds, news, isBeyond) => {
    expect(between(before, now)).toMatchObject({ kinds, news, isBeyond });
  });
});

describe("repetition is no news", () => {
  test("where the same person writes the same value again", () => {
    const again = { ...ALICE, at: "2026-03-05T09:00:00.000000Z", auditID: "a-9", userAgent: "kubectl/v1.37" };
    expect(between({}, { actor: again })).toMatchObject({ kinds: [], isSame: true });
  });

  test("where the log does not reach the write any more", () => {
    const less = { evidence: "indicated", actor: PROGRAM } as const;
    expect(between({}, less)).toMatchObject({ kinds: [], isSame: true });
  });

  test("where nothing shows the write any more, and Git's history would name somebody else", () => {
    const less: DivergenceInput = { ...PENDING, desired: "api", live: "api-hotfix", evidence: "inferred" };
    expect(between({}, less)).toMatchObject({ kinds: [], isSame: true });
  });

  test("but a program's later write of the same value is no proof of the earlier writer", () => {
    const later = { evidence: "indicated", actor: { ...PROGRAM, at: "2026-03-05T09:00:00Z" } } as const;
    const { kinds, again } = between({}, later);
    expect(kinds).toEqual(["actor"]);
    expect(again.actor?.user).toBeNull();
  });

  test("but another value is not the earlier writer's", () => {
    const { again } = between({}, { live: "api-v9", evidence: "indicated", actor: PROGRAM });
    expect(again).toMatchObject({ evidence: "indicated", actor: { user: null } });
  });
});

test("a side that has no such field is not the same as one that has null", () => {
  const absent = newlyTracked("shop/web", divergence("shop/web", { change: "added", desired: null }), MONDAY);
  const nothing = newlyTracked("shop/web", divergence("shop/web", { desired: null }), MONDAY);
  expect(absent.desired).toBe("absent");
  expect(nothing.desired).not.toBe("absent");
});
