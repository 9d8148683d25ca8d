import type { CommitGraph } from "../../model/commit-graph.ts";
import type { CommitChains } from "./commit-chains.ts";

/** Whether a commit is reachable from the one that was asked for, itself included. */
export type Reaches = (commit: number) => boolean;

/** An answer takes a number for each chain: as many are kept as audits ask for again and again. */
const REMEMBERED = 32;

/** The ancestors of any commit, found by walking from merge to merge. Remembered for the commits asked for last. */
export function reachableCommits(graph: CommitGraph, chains: CommitChains): (commit: number) => Reaches {
  const known = new Map<number, Reaches>();
  return (commit) => {
    const reaches = known.get(commit) ?? reachableFrom(commit, graph, chains);
    // A Map keeps the order of insertion: the one asked for longest ago comes first.
    known.delete(commit);
    known.set(commit, reaches);
    const [oldest] = known.keys();
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    return reaches;
  };
}

/** Of each chain everything is reached from some position on. */
function reachableFrom(
  start: number,
  { commits }: CommitGraph,
  { chainOf, positionOf, chainParent, mergesIn }: CommitChains,
): Reaches {
  const reachedFrom = new Int32Array(chainParent.length).fill(NOWHERE);
  const open = [start];
  for (let commit = open.pop(); commit !== undefined; commit = open.pop()) {
    const chain = chainOf[commit] ?? -1;
    const from = positionOf[commit] ?? 0;
    const known = reachedFrom[chain] ?? NOWHERE;
    if (known <= from) continue;
    reachedFrom[chain] = from;
    const parent = chainParent[chain] ?? -1;
    if (known === NOWHERE && parent !== -1) open.push(parent);
    for (const merge of mergesIn[chain] ?? []) {
      const position = positionOf[merge] ?? 0;
      if (position >= known) break;
      if (position >= from) open.push(...(commits[merge]?.parents.slice(1) ?? []));
    }
  }
  return (commit) => (reachedFrom[chainOf[commit] ?? -1] ?? NOWHERE) <= (positionOf[commit] ?? 0);
}

const NOWHERE = 0x7fffffff;
