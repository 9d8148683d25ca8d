import { commitAt, type GraphIndex } from "./index-graph.ts";
import type { FieldStep } from "./walk-field.ts";

/**
 * How sure it is that a change had reached the audited ref by a time. `shown`: a forge made the commit, or somebody
 * else had built on it by then. `likely`: it was committed shortly before. `unknown`: it may have been kept for later.
 */
export type Landed = "shown" | "likely" | "unknown";

/** Most commits are pushed in the hour in which they are made, and deployed soon after. */
const SHORTLY_SECONDS = 3600;

/** Who commits what is made on GitHub's pages, where everybody has it at once. */
const FORGE = "noreply@github.com";

/** A change, and the commit of the audited ref's own line by which it got there. */
export type Arrival = Pick<FieldStep, "commit" | "landed">;

/** Whether a change had reached the audited ref by a time. A commit's date tells when it was made, not when pushed. */
export function landedBy(index: GraphIndex, { commit, landed }: Arrival, seconds: number): Landed {
  const { committer, isMergeOfBranch } = commitAt(index, landed);
  const isMade = madeBy(index, landed) <= seconds;
  if (isMade && committer === FORGE) return "shown";
  let newest = isMade ? landed : null;
  let above = index.childOnMainline(landed);
  while (above !== null && madeBy(index, above) <= seconds) {
    if (commitAt(index, above).committer !== committer) return "shown";
    newest = above;
    above = index.childOnMainline(above);
  }
  if (newest === null && isMergeOfBranch === true) return "unknown";
  const isRecent = isShortly(madeBy(index, newest ?? commit), seconds);
  return isRecent && !isPulledInto(index, above, committer) ? "likely" : "unknown";
}

/** Whether the same hand went on to merge what everybody had: all that it had made until then may have been local. */
function isPulledInto(index: GraphIndex, from: number | null, committer: string | undefined): boolean {
  for (let above = from; above !== null; above = index.childOnMainline(above)) {
    const node = commitAt(index, above);
    if (node.committer !== committer) return false;
    if (node.parents.length > 1 && node.isMergeOfBranch !== true) return true;
  }
  return false;
}

/** Whoever had a commit had what it stands on: it is no older than the latest of those. */
function madeBy(index: GraphIndex, commit: number): number {
  return index.clocks.notAfter[commit] ?? Number.POSITIVE_INFINITY;
}

function isShortly(time: number, seconds: number): boolean {
  return time <= seconds && seconds - time <= SHORTLY_SECONDS;
}
