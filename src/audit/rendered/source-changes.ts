import { commitAt, type GraphIndex } from "../../attribute/history/index-graph.ts";
import { nearestChange } from "../../attribute/history/nearest-change.ts";
import type { RenderedSource } from "../../model/source.ts";
import type { SourceRenderer, SourceTree } from "../../ports/source-renderer.ts";
import { type CommitTrees, isWatched } from "./commit-trees.ts";
import { type SourceState, sourceState } from "./source-state.ts";

/** A commit that changed what goes into a source, against its first parent; null where nothing of the source was there. */
export interface SourceChange {
  readonly commit: number;
  readonly state: SourceState | null;
}

export interface SourceChanges {
  /** Newest first. */
  readonly changes: readonly SourceChange[];
  /** Paths that some version reads; more than the graph was read for means that it has to be read again. */
  readonly watched: ReadonlySet<string>;
}

/**
 * The versions of one source: only commits that touch one of its inputs are looked at, and only those that change what
 * goes in are answered.
 *
 * @param definitionIn What the source was at other commits; where nothing says so, it is taken for what it is now.
 * @param watched Paths, and folders of which every file counts, that the graph was read for.
 */
export async function sourceChanges(
  source: RenderedSource,
  definitionIn: (tree: SourceTree) => Promise<RenderedSource | null>,
  renderer: SourceRenderer,
  index: GraphIndex,
  trees: CommitTrees,
  watched: ReadonlySet<string>,
): Promise<SourceChanges> {
  const seen = new Set(watched);
  const touching = touchedBy(index, watched);
  const states = new Map<number, SourceState | null>();
  for (const commit of touching) {
    const tree = trees.at(commit);
    const then = await definitionIn(tree);
    const state = await stateAt(then === null ? source : { ...then, id: source.id }, renderer, tree);
    for (const path of state?.inputs.watched ?? []) seen.add(path);
    states.set(commit, state);
  }
  const before = nearestChange(
    index,
    touching.map((commit) => ({ commit, state: states.get(commit) ?? null })),
  );
  const changes = touching.flatMap((commit): SourceChange[] => {
    const state = states.get(commit) ?? null;
    const parent = commitAt(index, commit).parents[0];
    const previous = parent === undefined ? null : (before(parent)?.state ?? null);
    return previous?.digest === state?.digest ? [] : [{ commit, state }];
  });
  return { changes, watched: seen };
}

function touchedBy({ graph }: GraphIndex, watched: ReadonlySet<string>): readonly number[] {
  const commits = graph.changes.flatMap(({ commit, path }) => (isWatched(path, watched) ? [commit] : []));
  return [...new Set(commits)].sort((left, right) => left - right);
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
