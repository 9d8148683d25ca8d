import type { GraphIndex } from "./index-graph.ts";

/** Something that a commit changed against its first parent. */
interface AtCommit {
  readonly commit: number;
}

/** @returns a function that answers the nearest of the changes from a commit along first parents, itself included. */
export function nearestChange<Change extends AtCommit>(
  index: GraphIndex,
  changes: readonly Change[],
): (commit: number) => Change | null {
  const byChain = new Map<number, Change[]>();
  for (const change of changes) {
    const chain = index.chainOf[change.commit] ?? -1;
    const list = byChain.get(chain);
    if (list === undefined) byChain.set(chain, [change]);
    else list.push(change);
  }
  const position = (change: Change) => index.positionOf[change.commit] ?? 0;
  for (const list of byChain.values()) list.sort((left, right) => position(left) - position(right));

  return (commit) => {
    for (let at = commit; at !== -1; ) {
      const chain = index.chainOf[at] ?? -1;
      const found = firstFrom(byChain.get(chain) ?? [], index.positionOf[at] ?? 0, position);
      if (found !== null) return found;
      at = index.chainParent[chain] ?? -1;
    }
    return null;
  };
}

function firstFrom<Change extends AtCommit>(
  sorted: readonly Change[],
  floor: number,
  position: (change: Change) => number,
): Change | null {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const change = sorted[middle];
    if (change !== undefined && position(change) < floor) low = middle + 1;
    else high = middle;
  }
  return sorted[low] ?? null;
}
