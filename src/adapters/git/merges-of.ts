import type { CommitGraph } from "../../model/commit-graph.ts";

/** All commits that one head reaches. */
export interface Ancestry {
  readonly shas: readonly string[];
  /** By index, in Git's order. */
  readonly parents: readonly (readonly number[])[];
  readonly indices: ReadonlyMap<string, number>;
}

/** The same of a graph that has been read already. */
export function ancestryOf({ commits }: CommitGraph): Ancestry {
  return {
    shas: commits.map(({ sha }) => sha),
    parents: commits.map(({ parents }) => parents),
    indices: new Map(commits.map(({ sha }, index) => [sha, index])),
  };
}

/** Read what `git rev-list --parents` prints. */
export function parseAncestry(output: string): Ancestry {
  const lines = output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(" "));
  const indices = new Map(lines.map(([sha = ""], index) => [sha, index]));
  return {
    shas: lines.map(([sha = ""]) => sha),
    parents: lines.map(([, ...parents]) => parents.flatMap((parent) => indices.get(parent) ?? [])),
    indices,
  };
}

/**
 * The merges by which commits reached the head: first the one on the head's own first-parent line, then the one on
 * the line that it merged, and so on inwards. Empty for a commit that lies on the first-parent line itself.
 */
export function mergesOf(ancestry: Ancestry, head: string): (sha: string) => readonly string[] {
  const tip = ancestry.indices.get(head);
  const outermost: Reached = tip === undefined ? new Map() : firstReached(ancestry, tip, () => true);
  return (sha) => {
    const wanted = ancestry.indices.get(sha);
    const merges: string[] = [];
    let reached: Reached | undefined = wanted === undefined ? undefined : outermost;
    while (reached !== undefined && wanted !== undefined) {
      const merge = reached.get(wanted);
      if (merge === undefined || merge === wanted) break;
      merges.push(ancestry.shas[merge] ?? "");
      reached = reachedInside(ancestry, merge, reached).find((inner) => inner.has(wanted));
    }
    return merges;
  };
}

/** For each commit the oldest commit on a first-parent line that reaches it. */
type Reached = ReadonlyMap<number, number>;

/** The same for each line that a merge brought, among the commits that came by this merge. */
function reachedInside(ancestry: Ancestry, merge: number, reached: Reached): Reached[] {
  const [, ...merged] = ancestry.parents[merge] ?? [];
  return merged.map((tip) => firstReached(ancestry, tip, (commit) => reached.get(commit) === merge));
}

function firstReached(ancestry: Ancestry, tip: number, isWithin: (commit: number) => boolean): Reached {
  const line: number[] = [];
  for (let at: number | undefined = tip; at !== undefined && isWithin(at); at = ancestry.parents[at]?.[0]) {
    line.push(at);
  }
  const reached = new Map<number, number>();
  for (const commit of line.reverse()) {
    const open = [commit];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (reached.has(at) || !isWithin(at)) continue;
      reached.set(at, commit);
      open.push(...(ancestry.parents[at] ?? []));
    }
  }
  return reached;
}
