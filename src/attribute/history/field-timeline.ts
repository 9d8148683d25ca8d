import type { GraphRef } from "../../model/commit-graph.ts";
import type { FieldReader } from "../../model/field-reader.ts";
import { type FieldState, fieldState, sameFieldState } from "./field-state.ts";
import { commitAt } from "./index-graph.ts";
import type { ObjectHistory } from "./object-history.ts";
import { type FieldStep, type FieldWalk, walkField } from "./walk-field.ts";

/** Git's timeline of one field, seen from the audited commit. */
export interface FieldTimeline {
  readonly valueAt: (commit: number) => FieldState;
  /** The commits not reachable from `commit` (all of them for null) that changed the field, newest first. */
  readonly since: (commit: number | null) => FieldWalk;
  /** The changes that landed on the audited ref after a time, in seconds since the epoch; newest first. */
  readonly landedAfter: (seconds: number) => readonly FieldStep[];
  /**
   * The newest commit of the audited history that held a state, and what changed the field since; null when none
   * did. Commits of the audited ref's own line are preferred: they are what a deployer applies.
   *
   * @param notAfter Seconds since the epoch: where the time of the deployer's write is known, a commit made later
   *   is taken only if there is no earlier one.
   */
  readonly latestHolder: (state: FieldState, notAfter: number | null) => Holder | null;
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
    return walkField(history, read, head, (each) => old?.[each] === 1);
  };
  return {
    valueAt,
    since,
    landedAfter: (seconds) => {
      const isOld = (commit: number) =>
        index.isMainline[commit] === 1 && commitAt(index, commit).committedAt <= seconds;
      const { steps } = walkField(history, read, head, isOld);
      return steps.filter((step) => commitAt(index, step.landed).committedAt > seconds);
    },
    latestHolder: (state, notAfter) => latestHolder(history, valueAt, since, state, notAfter),
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
  const reachable = index.ancestorsOf(index.graph.head);
  const own = changedAt.filter((commit) => reachable[commit] === 1);
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
  const reachable = index.ancestorsOf(head);
  const isLate = (commit: number) => notAfter !== null && commitAt(index, commit).committedAt > notAfter;
  const rank = (commit: number) => (isLate(commit) ? 2 : 0) + (index.isMainline[commit] === 1 ? 0 : 1);
  const candidates = history.changedAt
    .filter((commit) => reachable[commit] === 1)
    .sort((left, right) => rank(left) - rank(right) || left - right);
  for (const commit of candidates) {
    // Versions are parsed when they are asked for: the likeliest first, and no more than needed.
    if (!sameFieldState(valueAt(commit), state)) continue;
    const walk = since(commit);
    if (walk.steps.length > 0 || walk.isTruncated) return { commit, since: walk };
  }
  return null;
}

function writersOnOtherRefs(history: ObjectHistory, read: FieldReader, state: FieldState): UnmergedWriter[] {
  const { index } = history;
  const merged = index.ancestorsOf(index.graph.head);
  const writers: UnmergedWriter[] = [];
  // Of thousands of refs, most have nothing to do with any one object.
  if (history.changedAt.every((commit) => merged[commit] === 1)) return writers;
  for (const ref of index.graph.otherRefs) {
    if (merged[ref.commit] === 1) continue;
    const { steps } = walkField(history, read, ref.commit, (commit) => merged[commit] === 1);
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
