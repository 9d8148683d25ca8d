import type { FieldReader } from "../../model/field-reader.ts";
import { type FieldState, fieldState, isCombinationOf, sameFieldState } from "./field-state.ts";
import { commitAt } from "./index-graph.ts";
import type { ObjectHistory } from "./object-history.ts";

/** One commit that changed a field's meaning. */
export interface FieldStep {
  readonly commit: number;
  /** The commit by which the change reached the audited ref's first-parent line: the merge, or the commit itself. */
  readonly landed: number;
  readonly before: FieldState;
  readonly after: FieldState;
  /** False where versions between before and after could not be read: any of their commits may have made the change. */
  readonly isCertain: boolean;
}

export interface FieldWalk {
  /** Newest first. */
  readonly steps: readonly FieldStep[];
  /** True where the walk ended at the edge of a shallow clone. */
  readonly isTruncated: boolean;
}

/**
 * Follow one field back through history, as git-blame follows a line. A merge whose value is a parent's leads to
 * that parent; one that only joined its parents' parts leads to all of them; one that is unlike each of them wrote the
 * value itself.
 *
 * @param stop True for commits at which the walk ends; they and their ancestors are not looked at.
 * @param extent `newest-steps` ends each line of the walk with its first step, so that older versions are not read.
 */
export function walkField(
  history: ObjectHistory,
  read: FieldReader,
  from: number,
  stop: (commit: number) => boolean,
  extent: "whole" | "newest-steps" = "whole",
): FieldWalk {
  const { index } = history;
  const stateAt = (commit: number) => fieldState(history.stateAt(commit), read);
  const steps: FieldStep[] = [];
  const seen = new Set<number>();
  const open: { commit: number; landed: number }[] = [{ commit: from, landed: from }];
  let isTruncated = false;

  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (stop(next.commit)) continue;
    const commit = history.nearestChange(next.commit);
    if (commit === null || stop(commit) || seen.has(commit)) continue;
    seen.add(commit);
    const node = commitAt(index, commit);
    if (node.isBoundary) {
      isTruncated = true;
      continue;
    }
    const landed = index.isMainline[commit] === 1 ? commit : next.landed;
    const after = stateAt(commit);
    const parents = node.parents.map((parent) => readableFrom(history, stateAt, parent));
    const same = parents.find((parent) => sameFieldState(parent.state, after));
    if (same !== undefined) {
      open.push({ commit: same.commit, landed });
    } else if (
      parents.length > 1 &&
      isCombinationOf(
        after,
        parents.map((parent) => parent.state),
      )
    ) {
      for (const parent of parents) open.push({ commit: parent.commit, landed });
    } else {
      const [parent] = parents;
      const before: FieldState = parent?.state ?? { kind: "no-object" };
      if (!isNothing(before) || !isNothing(after)) {
        steps.push({ commit, landed, before, after, isCertain: parent?.isNearest ?? true });
      }
      const isEnd = extent === "newest-steps" && steps.length > 0;
      if (parent !== undefined && !isEnd) open.push({ commit: parent.commit, landed });
    }
  }
  return { steps: steps.sort((left, right) => left.commit - right.commit), isTruncated };
}

/** An object that came or went without the field did not change it. */
function isNothing(state: FieldState): boolean {
  return state.kind === "no-object" || (state.kind === "value" && state.value === undefined);
}

/** The nearest version along first parents that can be read, so that a broken file is never taken for a change. */
function readableFrom(
  history: ObjectHistory,
  stateAt: (commit: number) => FieldState,
  start: number,
): { commit: number; state: FieldState; isNearest: boolean } {
  let commit = start;
  let isNearest = true;
  for (;;) {
    const state = stateAt(commit);
    if (state.kind !== "unreadable") return { commit, state, isNearest };
    isNearest = false;
    const change = history.nearestChange(commit) ?? commit;
    const parent = commitAt(history.index, change).parents[0];
    if (parent === undefined) return { commit: change, state: { kind: "no-object" }, isNearest };
    commit = parent;
  }
}
