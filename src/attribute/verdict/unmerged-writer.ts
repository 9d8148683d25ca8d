import type { CommitNode } from "../../model/commit-graph.ts";
import { isMadeAfter } from "../history/commit-clocks.ts";
import type { FieldState } from "../history/field-state.ts";
import { commitAt } from "../history/index-graph.ts";
import { shortSha } from "./attributions.ts";
import type { FieldEvidence } from "./field-evidence.ts";

export interface ChosenWriter {
  /** null where several refs hold the value and none is likelier. */
  readonly ref: string | null;
  /** Empty where several commits brought the same value and nothing tells which one it was. */
  readonly commits: readonly string[];
  /** `only ref x holds, by commit 1a2b3c4d`. */
  readonly text: string;
}

/**
 * The commit on an unmerged ref that brought the live value, preferring refs that still hold it.
 *
 * @param notAfter Seconds since the epoch: a commit that was certainly made later than the cluster's write cannot be its source.
 */
export function chooseUnmergedWriter(evidence: FieldEvidence, notAfter: number | null): ChosenWriter | null {
  const { git, index, live } = evidence;
  if (git.isTruncated) return null;
  const all = git.onOtherRefs(live);
  const possible = all.filter(({ commit }) => notAfter === null || !isMadeAfter(index, commit, notAfter));
  const atTip = possible.filter((writer) => writer.isAtTip);
  const writers = atTip.length > 0 ? atTip : possible;
  const [first] = [...writers].sort((left, right) => refRank(left.ref) - refRank(right.ref));
  if (first === undefined) return null;
  if (notAfter !== null && all.some(({ commit }) => isRewritten(commitAt(index, commit), notAfter))) {
    return {
      ref: null,
      commits: [],
      text: "only refs that are not merged hold, of which one was rebased since, so that nothing tells which it was",
    };
  }
  const commits = new Set(writers.map((writer) => writer.commit));
  if (commits.size > 1) {
    return {
      ref: first.ref,
      commits: [],
      text: `only refs that are not merged hold, brought by ${commits.size} commits that nothing tells apart`,
    };
  }
  const { sha } = commitAt(index, first.commit);
  return { ref: first.ref, commits: [sha], text: `only ${first.ref} holds, by commit ${shortSha(sha)}` };
}

/** True where there is nothing to recognise: every ref began without it, and any may have removed it. */
export function isRemoved(state: FieldState): boolean {
  return state.kind === "no-object" || (state.kind === "value" && state.value === undefined);
}

/** Written before a time and committed after it: what stood there at the time was rebased or amended since. */
function isRewritten({ authoredAt, committedAt }: CommitNode, seconds: number): boolean {
  return committedAt > seconds && (authoredAt ?? committedAt) <= seconds;
}

/** People look for a branch first, then for a pull request. */
function refRank(ref: string): number {
  return ref.startsWith("refs/pull/") ? 1 : 0;
}
