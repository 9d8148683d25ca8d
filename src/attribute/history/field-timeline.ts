import type { GraphRef } from "../../model/commit-graph.ts";
import type { FieldReader } from "../../model/field-reader.ts";
import { isMadeAfter } from "./commit-clocks.ts";
import { type FieldState, fieldState, sameFieldState } from "./field-state.ts";
import { commitAt } from "./index-graph.ts";
import type { Arrival } from "./landing.ts";
import type { ObjectHistory } from "./object-history.ts";
import { type FieldStep, type FieldWalk, walkField } from "./walk-field.ts";

/** Git's timeline of one field, seen from the audited commit. */
export interface FieldTimeline {
  readonly valueAt: (commit: number) => FieldState;
  /** The commits not reachable from `commit` (all of them for null) that changed the field, newest first. */
  readonly since: (commit: number | null) => FieldWalk;
  /** The changes that were certainly made after a time, in seconds since the epoch; newest first. */
  readonly madeAfter: (seconds: number) => readonly FieldStep[];
  /**
   * The newest commit of the audited history that held a state, and what changed the field since; null when none
   * did. Commits that the audited ref was at are preferred: they are what a deployer applies. Where it may have been at
   * either of two commits that do not stand on each other, only what changed the field since both counts.
   *
   * @param notAfter Seconds since the epoch: where the time of the deployer's write is known, a commit that was
   *   certainly made later is taken only if there is no earlier one.
   */
  readonly latestHolder: (state: FieldState, notAfter: number | null) => Holder | null;
  /** The commits at which the audited ref held something else, after the holder had held the state. */
  readonly departures: (state: FieldState, holder: Holder) => readonly Arrival[];
  /** Commits on refs that are not merged into the audited one and that brought a state there. */
  readonly onOtherRefs: (state: FieldState) => readonly UnmergedWriter[];
  /** The commit that gave the field its value at `commit`; null where history does not show it for certain. */
  readonly writerAt: (commit: number) => FieldStep | null;
  /** True where the history that this field has in a shallow clone is cut. */
  readonly isTruncated: boolean;
}

export interface Holder {
  readonly commit: number;
  readonly since: FieldWalk;
}

export interface UnmergedWriter {
  readonly ref: string;
  readonly commit: number;
  /** Whether the ref still holds the state. */
  readonly isAtTip: boolean;
}

export function fieldTimeline(history: ObjectHistory, read: FieldReader): FieldTimeline {
  const { index } = history;
  const head = index.graph.head;
  const valueAt = (commit: number) => fieldState(history.stateAt(commit), read);
  const since = (commit: number | null): FieldWalk => {
    const old = commit === null ? null : index.ancestorsOf(commit);
    return walkField(history, read, head, (each) => old?.(each) === true);
  };
  return {
    valueAt,
    since,
    madeAfter: (seconds) => {
      const isOld = (commit: number) =>
        index.isMainline[commit] === 1 && commitAt(index, commit).committedAt <= seconds;
      const { steps } = walkField(history, read, head, isOld);
      return steps.filter(({ commit }) => isMadeAfter(index, commit, seconds));
    },
    latestHolder: (state, notAfter) => latestHolder(history, valueAt, since, state, notAfter),
    departures: (state, holder) => departures(history, valueAt, state, holder),
    onOtherRefs: (state) => writersOnOtherRefs(history, read, state),
    writerAt: (commit) => {
      const [step] = walkField(history, read, commit, () => false, "newest-steps").steps;
      return step?.isCertain === true ? step : null;
    },
    isTruncated: isTruncated(history),
  };
}

/** An object that the audited history never has may have come and gone before the edge of a shallow clone. */
function isTruncated({ changedAt, index }: ObjectHistory): boolean {
  const reaches = index.ancestorsOf(index.graph.head);
  const own = changedAt.filter((commit) => reaches(commit));
  return own.length === 0 ? index.isCut : own.some((commit) => commitAt(index, commit).isBoundary);
}

function latestHolder(
  history: ObjectHistory,
  valueAt: (commit: number) => FieldState,
  since: (commit: number) => FieldWalk,
  state: FieldState,
  notAfter: number | null,
): Holder | null {
  const { index } = history;
  const { head } = index.graph;
  if (sameFieldState(valueAt(head), state)) return { commit: head, since: { steps: [], isTruncated: false } };
  const reaches = index.ancestorsOf(head);
  const isLate = (commit: number) => notAfter !== null && isMadeAfter(index, commit, notAfter);
  const rank = (commit: number) => (isLate(commit) ? 2 : 0) + (index.mayHaveBeenTip[commit] === 1 ? 0 : 1);
  const candidates = history.changedAt
    .filter((commit) => reaches(commit))
    .sort((left, right) => rank(left) - rank(right) || left - right);
  let found: Holder | null = null;
  // Versions are parsed when they are asked for: the likeliest first, and no more than needed.
  for (const commit of candidates) {
    if (found !== null && rank(commit) !== rank(found.commit)) break;
    if (found !== null && index.ancestorsOf(found.commit)(commit)) continue;
    if (!sameFieldState(valueAt(commit), state)) continue;
    const walk = since(commit);
    if (walk.steps.length === 0 && !walk.isTruncated) continue;
    found =
      found === null ? { commit, since: walk } : { commit: found.commit, since: inBoth(found.since, walk) };
  }
  return found;
}

/** Which of two holders it was, nothing tells: only what changed the field since both is certain to have come after. */
function inBoth(newest: FieldWalk, other: FieldWalk): FieldWalk {
  const commits = new Set(other.steps.map(({ commit }) => commit));
  return {
    steps: newest.steps.map((step) => (commits.has(step.commit) ? step : { ...step, isCertain: false })),
    isTruncated: newest.isTruncated || other.isTruncated,
  };
}

function departures(
  { changedAt, index }: ObjectHistory,
  valueAt: (commit: number) => FieldState,
  state: FieldState,
  holder: Holder,
): readonly Arrival[] {
  const isTip = (commit: number) => index.mayHaveBeenTip[commit] === 1;
  if (!isTip(holder.commit)) return holder.since.steps;
  const isOld = index.ancestorsOf(holder.commit);
  const others = changedAt
    .filter((commit) => isTip(commit) && !isOld(commit))
    .filter((commit) => {
      const value = valueAt(commit);
      return value.kind !== "unreadable" && !sameFieldState(value, state);
    });
  return others.length === 0 ? holder.since.steps : others.map((commit) => ({ commit, landed: commit }));
}

function writersOnOtherRefs(history: ObjectHistory, read: FieldReader, state: FieldState): UnmergedWriter[] {
  const { index } = history;
  const isMerged = index.ancestorsOf(index.graph.head);
  const writers: UnmergedWriter[] = [];
  // Of thousands of refs, most have nothing to do with any one object.
  if (history.changedAt.every(isMerged)) return writers;
  for (const ref of index.graph.otherRefs) {
    if (isMerged(ref.commit)) continue;
    const { steps } = walkField(history, read, ref.commit, isMerged);
    const step = steps.find((each) => each.isCertain && sameFieldState(each.after, state));
    if (step !== undefined) writers.push(writer(history, read, ref, step, state));
  }
  return writers;
}

function writer(
  history: ObjectHistory,
  read: FieldReader,
  ref: GraphRef,
  step: FieldStep,
  state: FieldState,
): UnmergedWriter {
  const tip = fieldState(history.stateAt(ref.commit), read);
  return { ref: ref.name, commit: step.commit, isAtTip: sameFieldState(tip, state) };
}
