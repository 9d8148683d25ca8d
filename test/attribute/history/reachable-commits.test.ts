import fc from "fast-check";
import { expect, test } from "vitest";
import { commitChains } from "../../../src/attribute/history/commit-chains.ts";
import { reachableCommits } from "../../../src/attribute/history/reachable-commits.ts";
import type { CommitGraph } from "../../../src/model/commit-graph.ts";

test("every commit of every graph reaches what a walk over all parents reaches", () => {
  fc.assert(
    fc.property(parentsOfEach, (parents) => {
      const graph = graphOf(parents);
      const ancestorsOf = reachableCommits(graph, commitChains(graph));
      for (const commit of parents.keys()) {
        const reached = [...parents.keys()].filter(ancestorsOf(commit));
        expect(reached).toEqual(walkedFrom(commit, parents));
      }
    }),
    { numRuns: 300 },
  );
});

test("what was asked for last is not computed again, and not everything is kept", () => {
  const graph = graphOf(Array.from({ length: 200 }, (_, commit) => (commit === 199 ? [] : [commit + 1])));
  const ancestorsOf = reachableCommits(graph, commitChains(graph));
  const head = ancestorsOf(0);
  const first = ancestorsOf(1);
  for (let commit = 2; commit < 200; commit++) {
    ancestorsOf(commit);
    expect(ancestorsOf(0)).toBe(head);
  }
  expect(ancestorsOf(1)).not.toBe(first);
});

/** Children before parents: up to three parents each, all of them further on in the list. */
const parentsOfEach = fc
  .array(fc.uniqueArray(fc.nat({ max: 8 }), { maxLength: 3 }), { minLength: 1, maxLength: 40 })
  .map((steps) =>
    steps.map((further, commit) =>
      further.map((step) => commit + 1 + step).filter((parent) => parent < steps.length),
    ),
  );

function graphOf(parents: readonly (readonly number[])[]): CommitGraph {
  return {
    commits: parents.map((each, commit) => ({
      sha: String(commit),
      parents: each,
      committedAt: 0,
      isBoundary: false,
    })),
    changes: [],
    head: 0,
    otherRefs: [],
  };
}

function walkedFrom(start: number, parents: readonly (readonly number[])[]): number[] {
  const reached = new Set([start]);
  for (const commit of reached) for (const parent of parents[commit] ?? []) reached.add(parent);
  return [...reached].sort((left, right) => left - right);
}
