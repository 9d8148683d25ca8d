import type { CommitGraph, CommitNode } from "../../model/commit-graph.ts";
import { type CommitChains, commitChains } from "./commit-chains.ts";
import { type CommitClocks, commitClocks } from "./commit-clocks.ts";
import { type Reaches, reachableCommits } from "./reachable-commits.ts";

/**
 * What is asked of a commit graph again and again. It is cut into chains, so that "the nearest change along first
 * parents" is a binary search a chain instead of a walk over every commit.
 */
export interface GraphIndex extends CommitChains {
  readonly graph: CommitGraph;
  /** 1 for the audited commit and its first-parent ancestors. */
  readonly isMainline: Uint8Array;
  /**
   * 1 for each commit that the audited ref may have been at. Beside its own line those are the lines that merges took
   * of which nothing says that they took a branch: `git pull` makes the line that everybody had the second parent.
   */
  readonly mayHaveBeenTip: Uint8Array;
  /** The commit of the own line whose first parent is this one; null for the audited commit and for others' lines. */
  readonly childOnMainline: (commit: number) => number | null;
  readonly clocks: CommitClocks;
  /** True where the audited commit's history ends at the edge of a shallow clone. */
  readonly isCut: boolean;
  readonly ancestorsOf: (commit: number) => Reaches;
  readonly indexOfSha: (sha: string) => number | null;
}

/**
 * @param now Seconds since the epoch: no commit was made later.
 * @throws nothing; relies on the graph listing children before parents.
 */
export function indexGraph(graph: CommitGraph, now: number): GraphIndex {
  const chains = commitChains(graph);
  const ancestorsOf = reachableCommits(graph, chains);
  const line = mainline(graph);
  return {
    graph,
    ...chains,
    isMainline: line.isMainline,
    mayHaveBeenTip: possibleTips(graph),
    childOnMainline: line.childOf,
    clocks: commitClocks(graph, now),
    isCut: isCut(graph, ancestorsOf(graph.head)),
    ancestorsOf,
    indexOfSha: rememberShas(graph),
  };
}

export function commitAt(index: GraphIndex, commit: number): CommitNode {
  const node = index.graph.commits[commit];
  if (node === undefined)
    throw new RangeError(`No commit ${commit} in a graph of ${index.graph.commits.length}`);
  return node;
}

function firstParent(graph: CommitGraph, commit: number): number {
  return graph.commits[commit]?.parents[0] ?? -1;
}

function mainline(graph: CommitGraph): {
  isMainline: Uint8Array;
  childOf: (commit: number) => number | null;
} {
  const isMainline = new Uint8Array(graph.commits.length);
  const children = new Int32Array(graph.commits.length).fill(-1);
  for (let commit = graph.head, child = -1; commit !== -1; commit = firstParent(graph, commit)) {
    isMainline[commit] = 1;
    children[commit] = child;
    child = commit;
  }
  return {
    isMainline,
    childOf: (commit) => {
      const child = children[commit] ?? -1;
      return child === -1 ? null : child;
    },
  };
}

function possibleTips(graph: CommitGraph): Uint8Array {
  const isTip = new Uint8Array(graph.commits.length);
  const open = [graph.head];
  for (let start = open.pop(); start !== undefined; start = open.pop()) {
    for (let commit = start; commit !== -1 && isTip[commit] !== 1; commit = firstParent(graph, commit)) {
      isTip[commit] = 1;
      const node = graph.commits[commit];
      if (node?.isMergeOfBranch !== true) open.push(...(node?.parents.slice(1) ?? []));
    }
  }
  return isTip;
}

function isCut(graph: CommitGraph, reaches: Reaches): boolean {
  return graph.commits.some(({ isBoundary }, commit) => isBoundary && reaches(commit));
}

function rememberShas(graph: CommitGraph): (sha: string) => number | null {
  let bySha: Map<string, number> | null = null;
  return (sha) => {
    bySha ??= new Map(graph.commits.map((commit, index) => [commit.sha, index]));
    return bySha.get(sha) ?? null;
  };
}
