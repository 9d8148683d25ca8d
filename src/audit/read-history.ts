import { commitAt, type GraphIndex, indexGraph } from "../attribute/history/index-graph.ts";
import { UNCOMMITTED } from "../model/commit.ts";
import { type IngressId, ingressKey } from "../model/ingress.ts";
import type { GitHistory, ListedFile, PathChange, PathSelector } from "../ports/git-history.ts";
import type { Renderer } from "../ports/renderer.ts";
import type { NamespaceFor } from "./read-desired.ts";
import { type IngressVersions, readVersions } from "./read-versions.ts";
import { withUncommitted } from "./uncommitted-changes.ts";

export interface HistoryRequest {
  /** The audited commit. */
  readonly commit: string;
  /** Further commits that the graph must hold, such as the applied revision. */
  readonly further: readonly string[];
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
  { commit, further, namespaceFor, ids, worktree, now }: HistoryRequest,
  selector: PathSelector,
): Promise<History> {
  const committed = await git.readGraph(commit, selector, further);
  const graph =
    worktree === null ? committed : withUncommitted(committed, worktree.committed, worktree.files, now);
  const versions = await readVersions(git, renderer, graph, namespaceFor, ids);
  return { index: indexGraph(graph), versions };
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

/**
 * Paths outside the selection that held one of the Ingresses until the commit that brought it into the selection. One
 * that still holds it is another environment's: its history is not that of the copy.
 */
async function originsOutside(
  git: GitHistory,
  renderer: Renderer,
  { ids, selector, namespaceFor }: HistoryRequest,
  { index, versions }: History,
  followed: ReadonlySet<string>,
): Promise<string[]> {
  if (selector.isWhole === true) return [];
  const entered = new Map<string, IngressId[]>();
  for (const id of ids) {
    for (const commit of versions.enteredAt(id)) {
      const { sha, parents } = commitAt(index, commit);
      if (parents.length === 0 || sha === UNCOMMITTED) continue;
      entered.set(sha, [...(entered.get(sha) ?? []), id]);
    }
  }
  const origins = new Set<string>();
  for (const [sha, arrivals] of entered) {
    const left = (await git.readChanges(sha)).filter(
      ({ path, previousBlob }) =>
        previousBlob !== null && !selector.matches(path) && !followed.has(path) && isManifestPath(path),
    );
    const contents = await readContents(git, left);
    for (const { path, previousBlob, blob } of left) {
      const holds = (version: string | null, id: IngressId) =>
        mayDeclare(renderer, path, contents.get(version ?? ""), namespaceFor(path) ?? id.namespace, id);
      const isOrigin = arrivals.some((id) => holds(previousBlob, id) === "yes" && holds(blob, id) === "no");
      if (isOrigin) origins.add(path);
    }
  }
  return [...origins];
}

async function readContents(git: GitHistory, changes: readonly PathChange[]): Promise<Map<string, Buffer>> {
  const blobs = new Set(changes.flatMap(({ previousBlob, blob }) => [previousBlob ?? [], blob ?? []].flat()));
  const contents = new Map<string, Buffer>();
  for await (const { blob, content } of git.readBlobs([...blobs])) contents.set(blob, content);
  return contents;
}

function isManifestPath(path: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(path);
}

/** Whether a version of a file declares the Ingress; a file that is not there does not. */
function mayDeclare(
  renderer: Renderer,
  path: string,
  content: Buffer | undefined,
  defaultNamespace: string,
  id: IngressId,
): "yes" | "no" | "unreadable" {
  if (content === undefined) return "no";
  const { ingresses, problems } = renderer.render({ path, content, defaultNamespace });
  if (ingresses.some((ingress) => ingressKey(ingress.id) === ingressKey(id))) return "yes";
  return problems.some(({ level }) => level === "error") ? "unreadable" : "no";
}
