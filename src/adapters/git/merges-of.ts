/** All commits that one head reaches. */
export interface Ancestry {
  readonly shas: readonly string[];
  /** By index, in Git's order. */
  readonly parents: readonly (readonly number[])[];
  readonly indices: ReadonlyMap<string, number>;
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
  const start = ancestry.indices.get(head);
  const outer = start === undefined ? null : firstReached(ancestry, start, new Set());
  return (sha) => {
    const wanted = ancestry.indices.get(sha);
    const merges: string[] = [];
    if (wanted === undefined || outer === null) return merges;
    let at = outer.get(wanted);
    const excluded = new Set<number>();
    while (at !== undefined && at !== wanted) {
      merges.push(ancestry.shas[at] ?? "");
      const [mainline, ...merged] = ancestry.parents[at] ?? [];
      if (mainline !== undefined) markAncestors(ancestry, mainline, excluded);
      at = merged
        .map((tip) => firstReached(ancestry, tip, excluded).get(wanted))
        .find((found) => found !== undefined);
    }
    return merges;
  };
}

/** For each commit that a tip reaches, the oldest commit on the tip's first-parent line that reaches it. */
function firstReached(ancestry: Ancestry, tip: number, excluded: ReadonlySet<number>): Map<number, number> {
  const line: number[] = [];
  for (
    let at: number | undefined = tip;
    at !== undefined && !excluded.has(at);
    at = ancestry.parents[at]?.[0]
  ) {
    line.push(at);
  }
  const reached = new Map<number, number>();
  for (const commit of line.reverse()) {
    const open = [commit];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (reached.has(at) || excluded.has(at)) continue;
      reached.set(at, commit);
      open.push(...(ancestry.parents[at] ?? []));
    }
  }
  return reached;
}

function markAncestors(ancestry: Ancestry, tip: number, marked: Set<number>): void {
  const open = [tip];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (marked.has(at)) continue;
    marked.add(at);
    open.push(...(ancestry.parents[at] ?? []));
  }
}
