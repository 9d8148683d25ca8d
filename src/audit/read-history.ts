import { type GraphIndex, indexGraph } from "../attribute/history/index-graph.ts";
import type { CommitGraph } from "../model/commit-graph.ts";
import type { IngressId } from "../model/ingress.ts";
import type { GitHistory, ListedFile, PathSelector } from "../ports/git-history.ts";
import type { Renderer } from "../ports/renderer.ts";
import type { ProposedCommit } from "./audit-request.ts";
import { originsOutside } from "./origins-outside.ts";
import type { NamespaceFor } from "./read-desired.ts";
import { type IngressVersions, readVersions } from "./read-versions.ts";
import { withUncommitted } from "./uncommitted-changes.ts";

export interface HistoryRequest {
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
  /** The work tree's files, where it is the work tree that is audited; null otherwise. */
  readonly worktree: {
    readonly committed: readonly ListedFile[];
    readonly files: readonly ListedFile[];
  } | null;
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
  for (;;) {
    const history = await readOnce(git, renderer, request, selectorWith(request.selector, followed));
    const origins = await originsOutside(git, renderer, request, history, followed);
    if (origins.length === 0) return history;
    for (const path of origins) followed.add(path);
  }
}

/** Outside the selection, the namespace is the one that the link's source gives. */
function namespaceThroughLinks({ links, namespaceFor }: HistoryRequest): NamespaceFor {
  const linkTo = new Map(links.map(({ path, target }) => [target, path]));
  return (path) => namespaceFor(path) ?? namespaceFor(linkTo.get(path) ?? path);
}

async function readOnce(
  git: GitHistory,
  renderer: Renderer,
  { commit, further, proposed = [], namespaceFor, ids, worktree, now }: HistoryRequest,
  selector: PathSelector,
): Promise<History> {
  const shas = [...further, ...proposed.map(({ sha }) => sha)];
  const committed = withProposed(await git.readGraph(commit, selector, shas), proposed);
  const graph =
    worktree === null ? committed : withUncommitted(committed, worktree.committed, worktree.files, now);
  const versions = await readVersions(git, renderer, graph, namespaceFor, ids);
  return { index: indexGraph(graph, Math.floor(now.getTime() / 1000)), versions };
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
export function selectorWith(selector: PathSelector, followed: ReadonlySet<string>): PathSelector {
  if (followed.size === 0) return selector;
  return {
    pathspecs:
      selector.pathspecs.length === 0
        ? []
        : [...selector.pathspecs, ...[...followed].map((path) => `:(literal)${path}`)],
    matches: (path) => followed.has(path) || selector.matches(path),
  };
}
