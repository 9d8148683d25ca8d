import { commitAt, type GraphIndex } from "../../attribute/history/index-graph.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { RenderedSource } from "../../model/source.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import { commitTrees } from "./commit-trees.ts";
import { movedFrom } from "./moved-from.ts";
import type { RenderedHead, RenderedSources } from "./render-sources.ts";
import type { SourceHistory } from "./rendered-versions.ts";
import { sourceChanges } from "./source-changes.ts";

export interface SourceHistories {
  readonly histories: readonly SourceHistory[];
  /** Everything that some version reads. Where the graph was read for less, it has to be read again. */
  readonly watched: ReadonlySet<string>;
}

/** A source and, where its folder was moved, the same source at the folders that it had before. */
export interface TracedSource {
  readonly source: RenderedSource;
  readonly head: RenderedHead;
}

/**
 * @param traced  Grows by the places that sources were moved from.
 * @param watched The paths that the graph was read for.
 */
export async function sourceHistories(
  traced: TracedSource[],
  { renderer }: RenderedSources,
  index: GraphIndex,
  git: GitHistory,
  watched: ReadonlySet<string>,
): Promise<SourceHistories> {
  const trees = commitTrees(index, git);
  const seen = new Set(watched);
  const histories: SourceHistory[] = [];
  // The list grows while it is gone through: a moved source may have been moved before.
  for (const { source, head } of traced) {
    const found = await sourceChanges(source, renderer, index, trees, watched);
    for (const path of found.watched) seen.add(path);
    histories.push({ source, changes: found.changes, mayRender: (id) => mayRender(head, id) });
    for (const commit of appearances(found.changes, index)) {
      for (const earlier of await movedFrom(source, commitAt(index, commit).sha, git)) {
        if (traced.some((each) => each.source.id === earlier.id)) continue;
        traced.push({ source: earlier, head });
        for (const path of placesOf(earlier)) seen.add(path);
      }
    }
  }
  return { histories, watched: seen };
}

/** Where a source begins to be looked for: its folder, until its inputs are known. */
export function placesOf(source: RenderedSource): readonly string[] {
  return source.kind === "kustomize" ? [source.root] : [source.chart, ...source.valueFiles];
}

/** An Ingress of the source now, or one of its namespace that it may have rendered before. */
export function mayRender({ ingresses, source }: RenderedHead, id: IngressId): boolean {
  if (ingresses.some((ingress) => ingressKey(ingress.id) === ingressKey(id))) return true;
  const isNamespace = ingresses.some((ingress) => ingress.id.namespace === id.namespace);
  return isNamespace || source.namespace === null || source.namespace === id.namespace;
}

/** The commits at which the source came to be, but for the first of all history. */
function appearances(
  changes: readonly { readonly commit: number; readonly state: unknown }[],
  index: GraphIndex,
): readonly number[] {
  return changes.flatMap(({ commit, state }, at) => {
    const isFirst = changes[at + 1] === undefined || changes[at + 1]?.state === null;
    return state !== null && isFirst && commitAt(index, commit).parents.length > 0 ? [commit] : [];
  });
}
