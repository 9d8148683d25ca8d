import type { CommitGraph } from "../../model/commit-graph.ts";

/**
 * When each commit was made, as far as the clocks of its maker and of others tell. Seconds since the epoch.
 */
export interface CommitClocks {
  /**
   * Not before this. A clock that is ahead is not believed: the date is later than now, or than that of a commit which
   * stands on this one. What the commit stands on then says as much as can be said; -Infinity where nothing does.
   */
  readonly notBefore: Float64Array;
  /**
   * Not after this, if its maker's clock is not behind those of what it stands on: the latest date of them all. Infinity
   * where it has no date that can be right.
   */
  readonly notAfter: Float64Array;
}

/** @param now Seconds since the epoch: a later date is a wrong clock's. */
export function commitClocks({ commits }: CommitGraph, now: number): CommitClocks {
  const earliestAbove = earliestOnTop(commits);
  const notBefore = new Float64Array(commits.length);
  const latest = new Float64Array(commits.length);
  const notAfter = new Float64Array(commits.length);
  for (let commit = commits.length - 1; commit >= 0; commit--) {
    const { committedAt = 0, parents = [] } = commits[commit] ?? {};
    const isDated = committedAt > 0 && committedAt <= now;
    const isBelieved = isDated && committedAt <= (earliestAbove[commit] ?? 0);
    notBefore[commit] = isBelieved ? committedAt : latestOf(parents, notBefore);
    latest[commit] = isDated ? Math.max(committedAt, latestOf(parents, latest)) : latestOf(parents, latest);
    notAfter[commit] = isDated ? (latest[commit] ?? 0) : Number.POSITIVE_INFINITY;
  }
  return { notBefore, notAfter };
}

/** Whether a commit was certainly made after a time, in seconds since the epoch. */
export function isMadeAfter(
  { clocks }: { readonly clocks: CommitClocks },
  commit: number,
  seconds: number,
): boolean {
  return (clocks.notBefore[commit] ?? Number.NEGATIVE_INFINITY) > seconds;
}

/** The earliest second at which the first of some commits can have been made; -Infinity where nothing tells. */
export function firstMadeAt(
  { clocks }: { readonly clocks: CommitClocks },
  made: readonly { readonly commit: number }[],
): number {
  return Math.min(...made.map(({ commit }) => clocks.notBefore[commit] ?? Number.NEGATIVE_INFINITY));
}

function latestOf(commits: readonly number[], times: Float64Array): number {
  return commits.reduce(
    (latest, commit) => Math.max(latest, times[commit] ?? latest),
    Number.NEGATIVE_INFINITY,
  );
}

/** For each commit the earliest date of those that stand on it: children come before parents. */
function earliestOnTop(commits: CommitGraph["commits"]): Float64Array {
  const earliest = new Float64Array(commits.length).fill(Number.POSITIVE_INFINITY);
  for (const [commit, { committedAt, parents }] of commits.entries()) {
    const date = committedAt > 0 ? committedAt : Number.POSITIVE_INFINITY;
    const time = Math.min(date, earliest[commit] ?? date);
    for (const parent of parents) earliest[parent] = Math.min(time, earliest[parent] ?? time);
  }
  return earliest;
}
