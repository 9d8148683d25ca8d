import { commitAt, type GraphIndex } from "../../attribute/history/index-graph.ts";
import { UNCOMMITTED } from "../../model/commit.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { RenderedSource } from "../../model/source.ts";
import type { GitHistory, PathChange } from "../../ports/git-history.ts";
import type { SourceTree } from "../../ports/source-renderer.ts";
import { isManifestPath } from "../desired/manifest-path.ts";
import { commitTrees, withLinkTargets } from "./commit-trees.ts";
import { movedFrom } from "./moved-from.ts";
import type { RenderedHead, RenderedSources } from "./render-sources.ts";
import type { SourceHistory } from "./rendered-versions.ts";
import { type SourceChange, sourceChanges } from "./source-changes.ts";
import { givesNamespace, mayHoldIngress, type SourceState } from "./source-state.ts";

export interface SourceHistories {
  readonly histories: readonly SourceHistory[];
  /** Files that were manifests of their own until a source took their place, and the namespace it gives. */
  readonly former: ReadonlyMap<string, string | null>;
  /** Everything that some version reads. Where the graph was read for less, it has to be read again. */
  readonly watched: ReadonlySet<string>;
}

/** A source and, where its folder was moved, the same source at the folders that it had before. */
export interface TracedSource {
  readonly source: RenderedSource;
  readonly head: RenderedHead;
  /** Ingresses that nothing declares now. */
  readonly undeclared: readonly IngressId[];
  /** Files that were taken away where one that defines the source came: they may have defined it before. */
  readonly formerDefinitions: Set<string>;
  /** What its versions read, as far as they are known: paths, and folders of which every file counts. */
  readonly watched: Set<string>;
}

/**
 * @param traced  Grows by the places that sources were moved from.
 * @param watched The paths that the graph was read for.
 */
export async function sourceHistories(
  traced: TracedSource[],
  { links, renderer }: RenderedSources,
  index: GraphIndex,
  git: GitHistory,
  watched: ReadonlySet<string>,
): Promise<SourceHistories> {
  const trees = commitTrees(index, git, links);
  const seen = new Set(watched);
  const histories: SourceHistory[] = [];
  const former = new Map<string, string | null>();
  const changesOf = rememberChanges(git);
  // The list grows while it is gone through: a moved source may have been moved before.
  for (const { source, head, undeclared, formerDefinitions, watched: own } of traced) {
    // Of a source that was moved, the definition says where it was before, or nothing does.
    const isTraced = source === head.source;
    const definitionIn = async (tree: SourceTree) =>
      isTraced ? head.definitionIn(tree, [...formerDefinitions]) : null;
    if (isTraced) {
      for (const path of await movedDefinitions([...head.definedBy, ...formerDefinitions], index, git))
        formerDefinitions.add(path);
      for (const path of formerDefinitions) own.add(path);
    }
    const changes = await sourceChanges(source, definitionIn, renderer, index, trees, own, links);
    for (const path of own) seen.add(path);
    const once = undeclared.filter((id) => onceDeclared(changes, id)).map(ingressKey);
    histories.push({
      source,
      changes,
      mayRender: (id) => mayRender(head, id) || once.includes(ingressKey(id)),
    });
    const appeared = appearances(changes, index);
    const inCommits = await changesOf(appeared.map(({ commit }) => commitAt(index, commit).sha));
    for (const { commit, state } of appeared) {
      const inCommit = inCommits.get(commitAt(index, commit).sha) ?? [];
      for (const path of formerManifests(inCommit, state)) former.set(path, source.namespace);
      for (const earlier of movedFrom(source, inCommit)) {
        const isKnown = placeOf(earlier) === placeOf(head.source) || traced.some(isAt(earlier));
        if (isKnown) continue;
        const places = placesOf(earlier);
        traced.push({
          source: earlier,
          head,
          undeclared,
          formerDefinitions: new Set(),
          watched: new Set(places),
        });
        for (const path of places) seen.add(path);
      }
    }
  }
  return { histories, former, watched: withLinkTargets(seen, links) };
}

/** Whole commits, each read once: many sources come with the same one. */
function rememberChanges(
  git: GitHistory,
): (shas: readonly string[]) => Promise<ReadonlyMap<string, readonly PathChange[]>> {
  const known = new Map<string, readonly PathChange[]>();
  return async (shas) => {
    const unknown = shas.filter((sha) => sha !== UNCOMMITTED && !known.has(sha));
    for (const [sha, changes] of await git.readChanges([...new Set(unknown)], () => true))
      known.set(sha, changes);
    return known;
  };
}

function isAt({ id }: RenderedSource): (each: TracedSource) => boolean {
  return ({ source }) => source.id === id;
}

function placeOf(source: RenderedSource): string {
  return source.kind === "kustomize" ? source.root : source.chart;
}

/** Where a source begins to be looked for: its folder, until its inputs are known. */
export function placesOf(source: RenderedSource): readonly string[] {
  if (source.kind === "kustomize") return [source.root];
  return [source.chart, ...source.valueFiles, ...source.setFiles.map(({ file }) => file)];
}

/** An Ingress of the source now, or one of its namespace that it may have rendered before. */
export function mayRender({ ingresses, source }: RenderedHead, id: IngressId): boolean {
  if (ingresses.some((ingress) => ingressKey(ingress.id) === ingressKey(id))) return true;
  const isNamespace = ingresses.some((ingress) => ingress.id.namespace === id.namespace);
  return isNamespace || source.namespace === null || source.namespace === id.namespace;
}

/** The namespace that a pipeline gives is for objects that name none: a version may have named another one. */
function onceDeclared(changes: readonly SourceChange[], { namespace }: IngressId): boolean {
  return changes.some(
    ({ state }) => state !== null && mayHoldIngress(state) && givesNamespace(state, namespace),
  );
}

/** Where the files that define a source came into being, what other manifests went away. */
async function movedDefinitions(
  definedBy: readonly string[],
  index: GraphIndex,
  git: GitHistory,
): Promise<readonly string[]> {
  const arrivals = index.graph.changes.filter(
    ({ path, previousBlob, commit }) =>
      previousBlob === null && definedBy.includes(path) && commitAt(index, commit).parents.length > 0,
  );
  const shas = [...new Set(arrivals.map(({ commit }) => commitAt(index, commit).sha))].filter(
    (sha) => sha !== UNCOMMITTED,
  );
  const changes = await git.readChanges(shas, isManifestPath);
  return [...changes.values()].flatMap((each) =>
    each.flatMap(({ path, blob }) => (blob === null ? [path] : [])),
  );
}

/** What a source was made from, or took the place of. */
function formerManifests(changes: readonly PathChange[], { inputs }: SourceState): readonly string[] {
  const gone = changes.filter(({ blob, previousBlob }) => blob === null && previousBlob !== null);
  return [...inputs.files, ...gone.map(({ path }) => path)].filter(isManifestPath);
}

/** The changes by which the source came to be, but for the first of all history. */
function appearances(
  changes: readonly SourceChange[],
  index: GraphIndex,
): readonly { readonly commit: number; readonly state: SourceState }[] {
  return changes.flatMap(({ commit, state }, at) => {
    const isFirst = changes[at + 1] === undefined || changes[at + 1]?.state === null;
    return state !== null && isFirst && commitAt(index, commit).parents.length > 0 ? [{ commit, state }] : [];
  });
}
