import { describe, expect, test } from "vitest";
import { isMadeAfter } from "../../../src/attribute/history/commit-clocks.ts";
import { historyOf, type SmallCommit } from "../../support/graph/history-of.ts";

function clocksOf(commits: readonly SmallCommit[], now?: number) {
  const { history, commit } = historyOf(commits, now === undefined ? {} : { now });
  const { notBefore, notAfter } = history.index.clocks;
  return {
    notBefore: (name: string) => notBefore[commit(name)],
    notAfter: (name: string) => notAfter[commit(name)],
    isMadeAfter: (name: string, seconds: number) => isMadeAfter(history.index, commit(name), seconds),
  };
}

describe("when a commit was made", () => {
  test("is its date, where its clock agrees with its neighbours'", () => {
    const clocks = clocksOf([
      { name: "c1", at: 10 },
      { name: "c2", at: 20 },
    ]);
    expect([clocks.notBefore("c2"), clocks.notAfter("c2")]).toEqual([20, 20]);
    expect([clocks.isMadeAfter("c2", 19), clocks.isMadeAfter("c2", 20)]).toEqual([true, false]);
  });

  test("is no later than a commit that stands on it: a clock that is ahead tells nothing", () => {
    const clocks = clocksOf([
      { name: "c1", at: 10 },
      { name: "ahead", at: 900 },
      { name: "alike", at: 901 },
      { name: "c4", at: 40 },
    ]);
    expect([clocks.notBefore("ahead"), clocks.notBefore("alike"), clocks.notBefore("c4")]).toEqual([
      10, 10, 40,
    ]);
    expect(clocks.isMadeAfter("ahead", 15)).toBe(false);
  });

  test("is no later than now", () => {
    const clocks = clocksOf(
      [
        { name: "c1", at: 10 },
        { name: "ahead", at: 900 },
      ],
      100,
    );
    expect([clocks.notBefore("ahead"), clocks.notAfter("ahead")]).toEqual([10, Number.POSITIVE_INFINITY]);
  });

  test("is no earlier than what it stands on: a clock that is behind is not waited for", () => {
    const clocks = clocksOf([
      { name: "c1", at: 100 },
      { name: "behind", at: 20 },
    ]);
    expect(clocks.notAfter("behind")).toBe(100);
    expect(clocks.notBefore("behind")).toBe(20);
  });

  test("is unknown without a date, which says nothing of its neighbours' either", () => {
    const clocks = clocksOf([
      { name: "c1", at: 10 },
      { name: "broken", at: 0 },
      { name: "c3", at: 30 },
    ]);
    expect([clocks.notBefore("c1"), clocks.notBefore("broken"), clocks.notBefore("c3")]).toEqual([
      10, 10, 30,
    ]);
    expect(clocks.notAfter("broken")).toBe(Number.POSITIVE_INFINITY);
  });

  test("is unknown where no clock can be right", () => {
    expect(clocksOf([{ name: "c1", at: 900 }], 100).notBefore("c1")).toBe(Number.NEGATIVE_INFINITY);
  });
});
