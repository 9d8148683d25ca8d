import { describe, expect, test } from "vitest";
import { landedBy } from "../../../src/attribute/history/landing.ts";
import { historyOf, type SmallCommit } from "../../support/graph/history-of.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const by = (committer: string, name: string, at: number, more: Partial<SmallCommit> = {}): SmallCommit => ({
  name,
  at,
  committer,
  ...more,
});

function landings(commits: readonly SmallCommit[]) {
  const { history, commit } = historyOf(commits);
  const arrival = (name: string, via = name) => ({ commit: commit(name), landed: commit(via) });
  return {
    by: (seconds: number, name: string, via?: string) => landedBy(history.index, arrival(name, via), seconds),
  };
}

describe("a commit made on the audited ref", () => {
  const line = [
    by("ann", "c1", DAY),
    by("bo", "c2", 2 * DAY),
    by("bo", "c3", 5 * DAY),
    by("ann", "c4", 6 * DAY),
  ];

  test("had not landed before it was made", () => {
    expect(landings(line).by(2 * DAY - 1, "c2")).toBe("unknown");
  });

  test("had likely landed shortly after it was made, and perhaps not for days", () => {
    expect(landings(line).by(2 * DAY, "c2")).toBe("likely");
    expect(landings(line).by(2 * DAY + HOUR, "c2")).toBe("likely");
    expect(landings(line).by(3 * DAY, "c2")).toBe("unknown");
  });

  test("had likely landed where its maker had gone on shortly before, for it came with that", () => {
    expect(landings(line).by(5 * DAY + 60, "c2")).toBe("likely");
    expect(landings(line).by(5 * DAY + 2 * HOUR, "c2")).toBe("unknown");
  });

  test("had landed once somebody else built on it", () => {
    expect(landings(line).by(6 * DAY - 1, "c2")).toBe("unknown");
    expect(landings(line).by(6 * DAY, "c2")).toBe("shown");
  });

  test("had landed at once where the forge made it", () => {
    const squash = landings([by("ann", "c1", DAY), by("noreply@github.com", "c2", 2 * DAY)]);
    expect([squash.by(2 * DAY - 1, "c2"), squash.by(9 * DAY, "c2")]).toEqual(["unknown", "shown"]);
  });
});

describe("a commit that a merge brought", () => {
  const merged = (merge: Partial<SmallCommit>) =>
    landings([
      by("ann", "c1", DAY),
      by("dave", "f1", 2 * DAY, { parents: ["c1"] }),
      by("bo", "m1", 5 * DAY, { parents: ["c1", "f1"], ...merge }),
    ]);

  test("had not landed before the merge of a branch", () => {
    const branch = merged({ isMergeOfBranch: true });
    expect(branch.by(2 * DAY + 60, "f1", "m1")).toBe("unknown");
    expect(branch.by(5 * DAY + 60, "f1", "m1")).toBe("likely");
  });

  test("may have landed before a merge that does not say what it merged, as git pull makes them", () => {
    expect(merged({}).by(2 * DAY + 60, "f1", "m1")).toBe("likely");
  });
});

test("what its maker merged with everybody's afterwards may have been local until then", () => {
  const pulled = landings([
    by("ann", "c1", DAY),
    by("bo", "local", 2 * DAY, { parents: ["c1"] }),
    by("ann", "shared", 2 * DAY + 60, { parents: ["c1"] }),
    by("bo", "pull", 2 * DAY + HOUR, { parents: ["local", "shared"] }),
  ]);
  expect(pulled.by(2 * DAY + 120, "local")).toBe("unknown");
  expect(pulled.by(2 * DAY + HOUR, "local")).toBe("likely");
});
