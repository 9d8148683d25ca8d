import { commitAt, type GraphIndex } from "../../attribute/history/index-graph.ts";
import { UNCOMMITTED } from "../../model/commit.ts";
import type { IngressId } from "../../model/ingress.ts";
import type { GitHistory, PathSelector } from "../../ports/git-history.ts";
import type { Renderer } from "../../ports/renderer.ts";
import type { NamespaceFor } from "../desired/read-desired.ts";
import { type FileDeclarations, fileDeclarations } from "./file-declarations.ts";
import { namesInText } from "./names-in-text.ts";
import type { IngressVersions } from "./read-versions.ts";

export interface OriginsRequest {
  readonly selector: PathSelector;
  readonly namespaceFor: NamespaceFor;
  /** The Ingresses whose history is needed. */
  readonly ids: readonly IngressId[];
}

export interface KnownHistory {
  readonly index: GraphIndex;
  readonly versions: IngressVersions;
}

/**
 * Paths outside the selection that held one of the Ingresses until the commit that brought it into the selection. One
 * that still holds it is another environment's: its history is not that of the copy.
 *
 * @param followed Such paths that have been found before.
 */
export async function originsOutside(
  git: GitHistory,
  renderer: Renderer,
  request: OriginsRequest,
  history: KnownHistory,
  followed: ReadonlySet<string>,
): Promise<string[]> {
  if (request.selector.isWhole === true) return [];
  const isOutside = (path: string) => !request.selector.matches(path) && !followed.has(path);
  const departures = await readDepartures(git, arrivalsOf(request, history), isOutside);
  const holders = await holdersBefore(git, renderer, request, departures);
  const gone = await withoutKeepers(git, renderer, request, holders);
  return [...new Set(gone.map(({ path }) => path))];
}

/** The Ingresses that may have entered the selection with a commit, by its sha. */
function arrivalsOf({ ids }: OriginsRequest, { index, versions }: KnownHistory): Map<string, IngressId[]> {
  const arrivals = new Map<string, IngressId[]>();
  for (const id of ids) {
    for (const commit of versions.enteredAt(id)) {
      const { sha, parents } = commitAt(index, commit);
      if (parents.length === 0 || sha === UNCOMMITTED) continue;
      const others = arrivals.get(sha);
      if (others === undefined) arrivals.set(sha, [id]);
      else others.push(id);
    }
  }
  return arrivals;
}

/** What a commit that brought Ingresses into the selection did to a manifest outside it. */
interface Departure {
  readonly path: string;
  readonly previousBlob: string;
  readonly blob: string | null;
  readonly arrivals: Arrivals;
}

interface Arrivals {
  readonly ids: readonly IngressId[];
  readonly names: ReadonlySet<string>;
}

async function readDepartures(
  git: GitHistory,
  arrivals: ReadonlyMap<string, readonly IngressId[]>,
  isOutside: (path: string) => boolean,
): Promise<Departure[]> {
  const isCandidate = (path: string) => isManifestPath(path) && isOutside(path);
  const changes = await git.readChanges([...arrivals.keys()], isCandidate);
  return [...arrivals].flatMap(([sha, ids]) => {
    const arrived: Arrivals = { ids, names: new Set(ids.map(({ name }) => name)) };
    return (changes.get(sha) ?? []).flatMap(({ path, blob, previousBlob }) =>
      previousBlob === null ? [] : [{ path, blob, previousBlob, arrivals: arrived }],
    );
  });
}

function isManifestPath(path: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(path);
}

interface Holder {
  readonly id: IngressId;
  readonly path: string;
  /** The content after the commit; null where it deleted the file. */
  readonly blob: string | null;
}

/** The files that declared one of the arrivals before its commit. Only those that name it are parsed. */
async function holdersBefore(
  git: GitHistory,
  renderer: Renderer,
  request: OriginsRequest,
  departures: readonly Departure[],
): Promise<Holder[]> {
  const byBlob = Map.groupBy(departures, ({ previousBlob }) => previousBlob);
  const holders: Holder[] = [];
  for await (const { blob: previousBlob, content } of git.readBlobs([...byBlob.keys()])) {
    for (const { path, blob, arrivals } of byBlob.get(previousBlob) ?? []) {
      const named = namesInText(content, arrivals.names);
      const isDeclared = declaredIn(renderer, request, path, content);
      const held = arrivals.ids.filter((id) => named.has(id.name) && isDeclared(id) === "yes");
      holders.push(...held.map((id) => ({ id, path, blob })));
    }
  }
  return holders;
}

/** Those that no longer declare the Ingress after the commit. */
async function withoutKeepers(
  git: GitHistory,
  renderer: Renderer,
  request: OriginsRequest,
  holders: readonly Holder[],
): Promise<Holder[]> {
  const gone = holders.filter(({ blob }) => blob === null);
  const byBlob = Map.groupBy(holders, ({ blob }) => blob);
  for await (const { blob, content } of git.readBlobs([...byBlob.keys()].filter((blob) => blob !== null))) {
    for (const [path, same] of Map.groupBy(byBlob.get(blob) ?? [], (holder) => holder.path)) {
      const isDeclared = declaredIn(renderer, request, path, content);
      gone.push(...same.filter(({ id }) => isDeclared(id) === "no"));
    }
  }
  return gone;
}

type Answer = "yes" | "no" | "unreadable";

/** Answers whether a file declares an Ingress; read once for each namespace that it may be read for. */
function declaredIn(
  renderer: Renderer,
  { namespaceFor }: OriginsRequest,
  path: string,
  content: Buffer,
): (id: IngressId) => Answer {
  const known = new Map<string, FileDeclarations>();
  return (id) => {
    const defaultNamespace = namespaceFor(path) ?? id.namespace;
    const declarations =
      known.get(defaultNamespace) ?? fileDeclarations(renderer.render({ path, content, defaultNamespace }));
    known.set(defaultNamespace, declarations);
    if (declarations.objectsOf(id).length > 0) return "yes";
    return declarations.mayHide(id) ? "unreadable" : "no";
  };
}
