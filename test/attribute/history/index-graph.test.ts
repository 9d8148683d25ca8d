import { expect, test } from "vitest";
import { historyOf, type SmallCommit } from "../../support/graph/history-of.ts";

test("ancestors stay right however many commits were asked for in between", () => {
  const line = Array.from({ length: 200 }, (_, position): SmallCommit => ({ name: `c${position}` }));
  const { commit, history } = historyOf(line);
  const count = (name: string) =>
    history.index.ancestorsOf(commit(name)).reduce((sum, reached) => sum + reached, 0);
  const twice = [...line, ...line.toReversed()].map(({ name }) => [name, count(name)]);
  expect(twice).toEqual([...line, ...line.toReversed()].map(({ name }) => [name, Number(name.slice(1)) + 1]));
});

test("what was asked for last is not computed again, and not everything is kept", () => {
  const line = Array.from({ length: 200 }, (_, position): SmallCommit => ({ name: `c${position}` }));
  const { index } = historyOf(line).history;
  const head = index.ancestorsOf(0);
  const first = index.ancestorsOf(1);
  for (let commit = 2; commit < 200; commit++) {
    index.ancestorsOf(commit);
    expect(index.ancestorsOf(0)).toBe(head);
  }
  expect(index.ancestorsOf(1)).toEqual(first);
  expect(index.ancestorsOf(1)).not.toBe(first);
});
