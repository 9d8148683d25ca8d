import { describe, expect, test } from "vitest";
import type { FieldState } from "../../../src/attribute/history/field-state.ts";
import { fieldTimeline } from "../../../src/attribute/history/field-timeline.ts";
import { historyOf, readValue, type SmallCommit } from "../../support/graph/history-of.ts";

const value = (text: string | undefined): FieldState => ({ kind: "value", value: text });
const commit = (name: string, text: string, more: Partial<SmallCommit> = {}): SmallCommit => ({
  name,
  object: { value: text },
  ...more,
});

function timelineOf(...args: Parameters<typeof historyOf>) {
  const small = historyOf(...args);
  const timeline = fieldTimeline(small.history, readValue);
  const names = (commits: readonly { readonly commit: number }[]) =>
    commits.map((each) => small.nameOf(each.commit));
  return { ...small, timeline, names };
}

describe("since", () => {
  test("names the commits that changed the field, newest first, and not those that changed something else", () => {
    const {
      timeline,
      names,
      commit: at,
    } = timelineOf([
      commit("c0", "A"),
      commit("c1", "B"),
      { name: "c2", object: { value: "B", other: "x" } },
      { name: "c3" },
      commit("c4", "C"),
    ]);
    expect(names(timeline.since(at("c0")).steps)).toEqual(["c4", "c1"]);
    expect(names(timeline.since(at("c1")).steps)).toEqual(["c4"]);
    expect(names(timeline.since(null).steps)).toEqual(["c4", "c1", "c0"]);
  });

  test("leads from a merge to the commit of the branch that wrote the value", () => {
    const {
      timeline,
      names,
      commit: at,
    } = timelineOf([
      commit("c0", "A"),
      commit("branch", "B", { parents: ["c0"] }),
      { name: "main", parents: ["c0"], object: { value: "A", other: "x" } },
      { name: "merge", parents: ["main", "branch"], object: { value: "B", other: "x" } },
    ]);
    const { steps } = timeline.since(at("main"));
    expect(names(steps)).toEqual(["branch"]);
    expect(steps.map((step) => step.landed)).toEqual([at("merge")]);
  });

  test("names a merge that wrote a value of its own", () => {
    const {
      timeline,
      names,
      commit: at,
    } = timelineOf([
      commit("c0", "A"),
      commit("branch", "B", { parents: ["c0"] }),
      commit("main", "C", { parents: ["c0"] }),
      commit("merge", "D", { parents: ["main", "branch"] }),
    ]);
    expect(names(timeline.since(at("main")).steps)).toEqual(["merge"]);
  });

  test("leads through a merge that joined two parts of one entry to both writers", () => {
    const {
      timeline,
      names,
      commit: at,
    } = timelineOf([
      { name: "c0", object: { value: { a: "1", b: "1" } } },
      { name: "branch", parents: ["c0"], object: { value: { a: "1", b: "2" } } },
      { name: "main", parents: ["c0"], object: { value: { a: "2", b: "1" } } },
      { name: "merge", parents: ["main", "branch"], object: { value: { a: "2", b: "2" } } },
    ]);
    expect(names(timeline.since(at("c0")).steps)).toEqual(["main", "branch"]);
  });

  test("does not name whoever mended a broken file for what may have changed while it was broken", () => {
    const { timeline, commit: at } = timelineOf([
      commit("c0", "A"),
      { name: "broken", object: "unreadable" },
      commit("mended", "B"),
    ]);
    expect(timeline.since(at("c0")).steps).toMatchObject([{ commit: at("mended"), isCertain: false }]);
  });

  test("takes a file that was broken and mended without another value for no change", () => {
    const { timeline, commit: at } = timelineOf([
      commit("c0", "A"),
      { name: "broken", object: "unreadable" },
      commit("mended", "A"),
    ]);
    expect(timeline.since(at("c0")).steps).toEqual([]);
  });

  test("follows the object from file to file, and does not name whoever moved it", () => {
    const { timeline, names } = timelineOf([
      commit("c0", "A"),
      commit("c1", "B"),
      { name: "move", files: { "web.yaml": "absent", "new.yaml": { value: "B" } } },
      { name: "c3", files: { "new.yaml": { value: "C" } } },
    ]);
    expect(names(timeline.since(null).steps)).toEqual(["c3", "c1", "c0"]);
  });

  test("ends at the edge of a shallow clone without naming the commit there", () => {
    const { timeline, names } = timelineOf([
      commit("edge", "A", { parents: [], isBoundary: true }),
      commit("c1", "B"),
    ]);
    const walk = timeline.since(null);
    expect(names(walk.steps)).toEqual(["c1"]);
    expect(walk.isTruncated).toBe(true);
    expect(timeline.isTruncated).toBe(true);
  });

  test("is cut for an object that a shallow clone never has: it may have gone before the edge", () => {
    const edge: SmallCommit = { name: "edge", parents: [], isBoundary: true };
    expect(timelineOf([edge, { name: "c1" }]).timeline.isTruncated).toBe(true);
    const elsewhere = [edge, commit("f1", "A", { parents: ["edge"] })];
    expect(timelineOf(elsewhere, { head: "edge", otherRefs: { f: "f1" } }).timeline.isTruncated).toBe(true);
    expect(timelineOf([edge, commit("c1", "A")]).timeline.isTruncated).toBe(false);
    expect(timelineOf([{ name: "root" }]).timeline.isTruncated).toBe(false);
  });
});

describe("latestHolder", () => {
  const flapping = [commit("c0", "A"), commit("c1", "B"), commit("c2", "A"), commit("c3", "B")];

  test("takes the newest of several commits that held the value", () => {
    const { timeline, names, commit: at } = timelineOf(flapping);
    const holder = timeline.latestHolder(value("A"), null);
    expect(holder?.commit).toBe(at("c2"));
    expect(names(holder?.since.steps ?? [])).toEqual(["c3"]);
  });

  test("takes the one that stood when the value was deployed", () => {
    const { timeline, names, commit: at } = timelineOf(flapping);
    const holder = timeline.latestHolder(value("A"), 15);
    expect(holder?.commit).toBe(at("c0"));
    expect(names(holder?.since.steps ?? [])).toEqual(["c3", "c2", "c1"]);
  });

  test("prefers what the audited ref's own line held to what stood on a branch before it was merged", () => {
    const { timeline, names } = timelineOf([
      commit("c0", "A"),
      commit("c1", "B"),
      commit("b1", "A", { parents: ["c1"] }),
      commit("b2", "C", { parents: ["b1"] }),
      commit("merge", "C", { parents: ["c1", "b2"], isMergeOfBranch: true }),
    ]);
    const holder = timeline.latestHolder(value("A"), null);
    expect(names(holder === null ? [] : [holder])).toEqual(["c0"]);
    expect(names(holder?.since.steps ?? [])).toEqual(["b2", "b1", "c1"]);
  });

  describe("where a merge may have been a git pull", () => {
    // Of the two lines either may be what everybody had.
    const pulled = (merge: Partial<SmallCommit> = {}) =>
      timelineOf([
        commit("c0", "A"),
        commit("local", "A", { parents: ["c0"], object: { value: "A", other: "x" } }),
        commit("shared1", "B", { parents: ["c0"] }),
        commit("shared2", "A", { parents: ["shared1"] }),
        commit("shared3", "C", { parents: ["shared2"] }),
        commit("merge", "C", { parents: ["local", "shared3"], object: { value: "C", other: "x" }, ...merge }),
      ]);
    const certain = ({ timeline, nameOf }: ReturnType<typeof pulled>) =>
      (timeline.latestHolder(value("A"), null)?.since.steps ?? [])
        .filter(({ isCertain }) => isCertain)
        .map((step) => nameOf(step.commit));

    test("only what changed the field since both lines held the value is certain", () => {
      expect(certain(pulled())).toEqual(["shared3"]);
    });

    test("but not where the merge says that it took a branch", () => {
      expect(certain(pulled({ isMergeOfBranch: true }))).toEqual(["shared3", "shared2", "shared1"]);
    });
  });

  test("finds the value that the main line held beside the branch that the merge took", () => {
    const { timeline, names } = timelineOf([
      commit("c0", "A"),
      commit("branch", "B", { parents: ["c0"] }),
      commit("main", "L", { parents: ["c0"] }),
      commit("merge", "B", { parents: ["main", "branch"] }),
    ]);
    const holder = timeline.latestHolder(value("L"), null);
    expect(names(holder === null ? [] : [holder])).toEqual(["main"]);
    expect(names(holder?.since.steps ?? [])).toEqual(["branch"]);
  });

  test("tells a field that was not there from an object that was not there", () => {
    const { timeline, names } = timelineOf([{ name: "c0", object: { other: "x" } }, commit("c1", "A")]);
    expect(names(timeline.latestHolder(value(undefined), null)?.since.steps ?? [])).toEqual(["c1"]);
    expect(timeline.latestHolder({ kind: "no-object" }, null)).toBeNull();
  });

  test("answers null for a value that history never held", () => {
    expect(timelineOf(flapping).timeline.latestHolder(value("never"), null)).toBeNull();
  });
});

describe("departures", () => {
  test("are the commits of the own line that held something else since, whatever was merged over them later", () => {
    const { timeline, names } = timelineOf([
      { name: "c0", object: { other: "x" } },
      commit("branch", "B", { parents: ["c0"] }),
      commit("main", "L", { parents: ["c0"] }),
      commit("merge", "B", { parents: ["main", "branch"], isMergeOfBranch: true }),
    ]);
    const holder = timeline.latestHolder(value(undefined), null);
    expect(names(holder?.since.steps ?? [])).toEqual(["branch"]);
    expect(holder === null ? [] : names(timeline.departures(value(undefined), holder))).toEqual([
      "merge",
      "main",
    ]);
  });

  test("are those of both lines where either may have been the own one", () => {
    const { timeline, names } = timelineOf([
      commit("c0", "A"),
      commit("local", "B", { parents: ["c0"] }),
      commit("shared", "C", { parents: ["c0"] }),
      commit("merge", "D", { parents: ["local", "shared"] }),
    ]);
    const holder = timeline.latestHolder(value("A"), null);
    expect(holder === null ? [] : names(timeline.departures(value("A"), holder))).toEqual([
      "merge",
      "shared",
      "local",
    ]);
  });
});

describe("madeAfter", () => {
  test("goes by when a commit was made, whenever it was merged: it may have been deployed before", () => {
    const { timeline, names } = timelineOf([
      commit("c0", "A"),
      { name: "main", parents: ["c0"], object: { value: "A", other: "x" } },
      commit("branch", "B", { parents: ["c0"] }),
      {
        name: "merge",
        parents: ["main", "branch"],
        object: { value: "B", other: "x" },
        isMergeOfBranch: true,
      },
    ]);
    expect([25, 35].map((seconds) => names(timeline.madeAfter(seconds)))).toEqual([["branch"], []]);
  });
});

describe("onOtherRefs", () => {
  test("finds the commit that brought a value to a ref that is not merged", () => {
    const { timeline, commit: at } = timelineOf(
      [commit("c0", "A"), commit("f1", "B", { parents: ["c0"] }), commit("f2", "B", { parents: ["f1"] })],
      { head: "c0", otherRefs: { "origin/feature": "f2" } },
    );
    expect(timeline.onOtherRefs(value("B"))).toEqual([
      { ref: "origin/feature", commit: at("f1"), isAtTip: true },
    ]);
  });

  test("finds a value that the ref held and left", () => {
    const { timeline } = timelineOf(
      [commit("c0", "A"), commit("f1", "B", { parents: ["c0"] }), commit("f2", "C", { parents: ["f1"] })],
      { head: "c0", otherRefs: { feature: "f2" } },
    );
    expect(timeline.onOtherRefs(value("B"))).toMatchObject([{ isAtTip: false }]);
  });

  test("finds nothing on a ref that is merged", () => {
    const { timeline } = timelineOf(
      [
        commit("c0", "A"),
        commit("f1", "B", { parents: ["c0"] }),
        commit("merge", "B", { parents: ["c0", "f1"] }),
      ],
      { head: "merge", otherRefs: { feature: "f1" } },
    );
    expect(timeline.onOtherRefs(value("B"))).toEqual([]);
  });
});

describe("writerAt", () => {
  test("names the commit that last gave the field the value it has there", () => {
    const {
      timeline,
      nameOf,
      commit: at,
    } = timelineOf([
      commit("c0", "A"),
      commit("c1", "B"),
      { name: "c2", object: { value: "B", other: "x" } },
    ]);
    expect(nameOf(timeline.writerAt(at("c2"))?.commit ?? -1)).toBe("c1");
  });
});
