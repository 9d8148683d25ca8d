import { commitAt, type GraphIndex } from "../../attribute/history/index-graph.ts";
import { nearestChange } from "../../attribute/history/nearest-change.ts";
import type { RenderedSource } from "../../model/source.ts";
import type { SourceRenderer, SourceTree } from "../../ports/source-renderer.ts";
import { type CommitTrees, withLinkTargets } from "./commit-trees.ts";
import { type SourceState, sourceState } from "./source-state.ts";

/** A commit that changed what goes into a source, against its first parent; null where nothing of the source was there. */
export interface SourceChange {
  readonly commit: number;
  readonly state: SourceState | null;
}

/**
 * The versions of one source, newest first: only commits that touch one of its inputs are looked at, and only those that
 * change what can reach an Ingress are answered.
 *
 * @param definitionIn What the source was at other commits; where nothing says so, it is taken for what it is now.
 * @param watched The paths of its inputs, and folders of which every file counts. Grows by those of older versions; the
 *   graph may have been read for less, and then has to be read again.
 */
export async function sourceChanges(
  source: RenderedSource,
  definitionIn: (tree: SourceTree) => Promise<RenderedSource | null>,
  renderer: SourceRenderer,
  index: GraphIndex,
  trees: CommitTrees,
  watched: Set<string>,
  links: ReadonlyMap<string, string>,
): Promise<readonly SourceChange[]> {
  const states = new Map<number, SourceState | null>();
  let touching: readonly number[] = [];
  for (let known = -1; known < watched.size; ) {
    known = watched.size;
    const reached = withLinkTargets(watched, links);
    await trees.readAhead(reached);
    touching = trees.touching(reached);
    for (const commit of touching) {
      if (states.has(commit)) continue;
      const tree = trees.at(commit);
      const then = await definitionIn(tree);
      const state = await stateAt(then === null ? source : { ...then, id: source.id }, renderer, tree);
      for (const path of state?.inputs.watched ?? []) watched.add(path);
      states.set(commit, state);
    }
  }
  const before = nearestChange(
    index,
    touching.map((commit) => ({ commit, state: states.get(commit) ?? null })),
  );
  return touching.flatMap((commit): SourceChange[] => {
    const state = states.get(commit) ?? null;
    const parent = commitAt(index, commit).parents[0];
    const previous = parent === undefined ? null : (before(parent)?.state ?? null);
    return isSame(previous, state) ? [] : [{ commit, state }];
  });
}

/** Whether nothing that can reach an Ingress differs. */
function isSame(left: SourceState | null, right: SourceState | null): boolean {
  if (left === null || right === null) return left === right;
  return left.digest === right.digest || left.reach() === right.reach();
}

/** null where nothing of the source is there. */
async function stateAt(
  source: RenderedSource,
  renderer: SourceRenderer,
  tree: SourceTree,
): Promise<SourceState | null> {
  const state = await sourceState(source, renderer, tree);
  return state.inputs.files.length === 0 ? null : state;
}
