import { type GraphIndex, indexGraph } from "../../attribute/history/index-graph.ts";
import type { CommitGraph } from "../../model/commit-graph.ts";
import type { IngressId } from "../../model/ingress.ts";
import type { GitHistory, PathSelector } from "../../ports/git-history.ts";
import type { Renderer } from "../../ports/renderer.ts";
import type { ProposedCommit } from "../audit-request.ts";
import type { NamespaceFor } from "../desired/read-desired.ts";
import { isWatched } from "../rendered/commit-trees.ts";
import type { RenderedSources } from "../rendered/render-sources.ts";
import {
  NO_RENDERED_VERSIONS,
  type RenderedVersions,
  renderedVersions,
} from "../rendered/rendered-versions.ts";
import { mayRender, sourceHistories, type TracedSource } from "../rendered/source-histories.ts";
import { originsOutside } from "./origins-outside.ts";
import { type IngressVersions, readVersions } from "./read-versions.ts";
import { withUncommitted } from "./uncommitted-changes.ts";

export interface HistoryRequest {
  /** The sources that are rendered; null where there are none. */
  readonly rendered: RenderedSources | null;
  /** The audited commit. */
  readonly commit: string;
  /** Further commits that the graph must hold, such as the applied revision. */
  readonly further: readonly string[];
  /** Commits that count like refs which are not merged. */
  readonly proposed?: readonly ProposedCommit[];
  readonly selector: PathSelector;
  readonly namespaceFor: NamespaceFor;
  /** Selected symbolic links: what they lead to has the history, wherever it lies. */
  readonly links: readonly { readonly path: string; readonly target: string }[];
  /** Further files, outside the selection, that once declared one of the Ingresses. */
  readonly former: readonly string[];
  /** The Ingresses whose history is needed. */
  readonly ids: readonly IngressId[];
  /** Of these, what nothing declares now: any source may have rendered it once. */
  readonly undeclared?: readonly IngressId[];
  /** Whether it is the work tree that is audited. */
  readonly worktree: boolean;
  readonly now: Date;
}

export interface History {
  readonly index: GraphIndex;
  readonly versions: IngressVersions;
}

/**
 * The history of the diverged Ingresses. Where one entered the selected paths from a file outside them, that file
 * is followed too, so that whoever moved it is not taken for its author.
 */
export async function readHistory(
  git: GitHistory,
  renderer: Renderer,
  asked: HistoryRequest,
): Promise<History> {
  const request = { ...asked, namespaceFor: namespaceThroughLinks(asked) };
  const followed = new Set([...asked.links.map(({ target }) => target), ...asked.former]);
  const traced = tracedSources(request);
  let watched: ReadonlySet<string> = new Set(
    traced.flatMap(({ head }) => [...head.watched, ...head.definedBy]),
  );
  for (;;) {
    const isPlain = (path: string) => followed.has(path) || request.selector.matches(path);
    const index = await readIndex(git, request, selectorWith(request.selector, followed, isPlain, watched));
    const sources = await sourcesIn(index, traced, watched, request, git);
    const isKnown = [...sources.former.keys()].every((path) => followed.has(path));
    if (sources.watched.size > watched.size || !isKnown) {
      watched = sources.watched;
      for (const path of sources.former.keys()) followed.add(path);
      continue;
    }
    const namespaceFor: NamespaceFor = (path) =>
      request.namespaceFor(path) ?? sources.former.get(path) ?? null;
    const versions = await readVersions(
      git,
      renderer,
      index.graph,
      { ...request, namespaceFor },
      {
        isPlain: (path, commit) => isPlain(path) && !sources.versions.isInput(path, commit),
        rendered: sources.versions,
      },
    );
    const history = { index, versions };
    const origins = await originsOutside(git, renderer, request, history, followed);
    if (origins.length === 0) return history;
    for (const path of origins) followed.add(path);
  }
}

/** Those that may have rendered one of the Ingresses. */
function tracedSources({ ids, undeclared = [], rendered }: HistoryRequest): TracedSource[] {
  const heads = rendered?.sources ?? [];
  return heads
    .filter((head) => undeclared.length > 0 || ids.some((id) => mayRender(head, id)))
    .map((head) => ({
      source: head.source,
      head,
      undeclared,
      formerDefinitions: new Set(),
      watched: new Set([...head.watched, ...head.definedBy]),
    }));
}

interface SourcesInHistory {
  readonly versions: RenderedVersions;
  readonly watched: ReadonlySet<string>;
  readonly former: ReadonlyMap<string, string | null>;
}

async function sourcesIn(
  index: GraphIndex,
  traced: TracedSource[],
  watched: ReadonlySet<string>,
  { rendered }: HistoryRequest,
  git: GitHistory,
): Promise<SourcesInHistory> {
  if (rendered === null) return { versions: NO_RENDERED_VERSIONS, watched, former: new Map() };
  const found = await sourceHistories(traced, rendered, index, git, watched);
  const versions = renderedVersions(found.histories, index, rendered.renderings);
  const ownInputs = new Set(traced.flatMap(({ head }) => head.inputs));
  return {
    watched: found.watched,
    former: found.former,
    versions: {
      of: versions.of,
      // A source that was not traced is known at the audited commit only.
      isInput: (path, commit) =>
        versions.isInput(path, commit) || (rendered.inputs.has(path) && !ownInputs.has(path)),
    },
  };
}

/** Outside the selection, the namespace is the one that the link's source gives. */
function namespaceThroughLinks({ links, namespaceFor }: HistoryRequest): NamespaceFor {
  const linkTo = new Map(links.map(({ path, target }) => [target, path]));
  return (path) => namespaceFor(path) ?? namespaceFor(linkTo.get(path) ?? path);
}

async function readIndex(
  git: GitHistory,
  { commit, further, proposed = [], worktree, now }: HistoryRequest,
  selector: PathSelector,
): Promise<GraphIndex> {
  const shas = [...further, ...proposed.map(({ sha }) => sha)];
  const graph = withProposed(await git.readGraph(commit, selector, shas), proposed);
  const seconds = Math.floor(now.getTime() / 1000);
  if (!worktree) return indexGraph(graph, seconds);
  const committed = await git.listFiles({ kind: "commit", sha: commit }, selector);
  const lying = await git.listFiles({ kind: "worktree" }, selector);
  return indexGraph(withUncommitted(graph, committed.files, lying.files, now), seconds);
}

/** A commit that a ref holds already has a name. */
function withProposed(graph: CommitGraph, proposed: readonly ProposedCommit[]): CommitGraph {
  const known = new Set([graph.head, ...graph.otherRefs.map(({ commit }) => commit)]);
  const refs = proposed.flatMap(({ name, sha }) => {
    const commit = graph.commits.findIndex((each) => each.sha === sha);
    return commit === -1 || known.has(commit) ? [] : [{ name, commit }];
  });
  return refs.length === 0 ? graph : { ...graph, otherRefs: [...graph.otherRefs, ...refs] };
}

/** The selection, and further files. */
function selectorWith(
  selector: PathSelector,
  followed: ReadonlySet<string>,
  isPlain: (path: string) => boolean,
  watched: ReadonlySet<string>,
): PathSelector {
  const further = [...followed, ...watched];
  if (further.length === 0) return selector;
  const isEverything = selector.pathspecs.length === 0 || watched.has(".");
  return {
    pathspecs: isEverything ? [] : [...selector.pathspecs, ...further.map((path) => `:(literal)${path}`)],
    matches: (path) => isPlain(path) || isWatched(path, watched),
  };
}
