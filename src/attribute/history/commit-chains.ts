import type { CommitGraph } from "../../model/commit-graph.ts";

/**
 * A commit graph cut into runs of first parents: of a history of many thousands of commits there are as many as there
 * were branches, and what holds for a whole run is found by comparing two positions.
 */
export interface CommitChains {
  readonly chainOf: Int32Array;
  /** Distance from the chain's newest commit. */
  readonly positionOf: Int32Array;
  /** For each chain, the first parent of its oldest commit, in another chain; -1 at a root. */
  readonly chainParent: readonly number[];
  /** For each chain its merges, the newest first. */
  readonly mergesIn: readonly (readonly number[])[];
}

/** @throws nothing; relies on the graph listing children before parents. */
export function commitChains({ commits }: CommitGraph): CommitChains {
  const chainOf = new Int32Array(commits.length).fill(-1);
  const positionOf = new Int32Array(commits.length);
  const chainParent: number[] = [];
  const mergesIn: number[][] = [];
  for (let start = 0; start < commits.length; start++) {
    if (chainOf[start] !== -1) continue;
    const merges: number[] = [];
    let commit = start;
    for (let position = 0; commit !== -1 && chainOf[commit] === -1; position++) {
      const parents = commits[commit]?.parents ?? [];
      chainOf[commit] = chainParent.length;
      positionOf[commit] = position;
      if (parents.length > 1) merges.push(commit);
      commit = parents[0] ?? -1;
    }
    chainParent.push(commit);
    mergesIn.push(merges);
  }
  return { chainOf, positionOf, chainParent, mergesIn };
}
