import { combineStates, type ObjectChange, type ObjectState } from "../attribute/history/object-history.ts";
import { keyIngress } from "../compare/key-ingress.ts";
import type { CommitGraph, FileChange } from "../model/commit-graph.ts";
import { type IngressId, ingressKey } from "../model/ingress.ts";
import type { GitHistory } from "../ports/git-history.ts";
import type { RenderedFile, Renderer } from "../ports/renderer.ts";
import type { NamespaceFor } from "./read-desired.ts";
import type { RenderedVersions } from "./rendered/rendered-versions.ts";

/** The versions that Git holds of the Ingresses asked for, over all files and commits of a graph. */
export interface IngressVersions {
  readonly of: (id: IngressId) => readonly ObjectChange[];
  /** The commits at which it may have entered one of the files: the text before does not hold its name. */
  readonly enteredAt: (id: IngressId) => readonly number[];
}

/** Which files are manifests of their own at a commit, and what the others render to. */
export interface WhatIsRendered {
  readonly isPlain: (path: string, commit: number) => boolean;
  readonly rendered: RenderedVersions;
}

/**
 * Each blob is read once, and parsed only if it names one of the Ingresses.
 *
 * @param wanted The Ingresses whose history is needed: those that diverge.
 */
export async function readVersions(
  git: GitHistory,
  renderer: Renderer,
  graph: CommitGraph,
  { namespaceFor, ids }: { readonly namespaceFor: NamespaceFor; readonly ids: readonly IngressId[] },
  { isPlain, rendered }: WhatIsRendered,
): Promise<IngressVersions> {
  const plain = graph.changes.map((change) =>
    isPlain(change.path, change.commit) ? change : { ...change, blob: null },
  );
  const changes = Map.groupBy(plain, (change) => change.path);
  const contents = await readCandidates(git, plain, new Set(ids.map((id) => id.name)));
  const render = rememberRendered(renderer, contents.byBlob);
  const known = new Map<string, readonly ObjectChange[]>();
  const versionsOf = (id: IngressId) =>
    [...contents.pathsOf(id.name)].flatMap((path) =>
      versionsIn(path, changes.get(path) ?? [], id, render, namespaceFor),
    );
  const holdsName = (blob: string | null, name: string) =>
    blob !== null && (contents.byBlob.get(blob)?.includes(name) ?? false);
  return {
    of: (id) => {
      const versions = known.get(ingressKey(id)) ?? [...versionsOf(id), ...rendered.of(id)];
      known.set(ingressKey(id), versions);
      return versions;
    },
    enteredAt: ({ name }) =>
      [...contents.pathsOf(name)]
        .flatMap((path) => changes.get(path) ?? [])
        .filter(({ blob, previousBlob }) => holdsName(blob, name) && !holdsName(previousBlob, name))
        .map(({ commit }) => commit),
  };
}

type Render = (path: string, blob: string, defaultNamespace: string | null) => RenderedFile | null;

/** A path counts where one of its versions declares the object with its namespace; then versions without one count too. */
function versionsIn(
  path: string,
  changes: readonly FileChange[],
  id: IngressId,
  render: Render,
  namespaceFor: NamespaceFor,
): ObjectChange[] {
  const namespace = namespaceFor(path);
  const declares = changes.some(({ blob }) => {
    const rendered = blob === null ? null : render(path, blob, namespace);
    return rendered?.ingresses.some((ingress) => ingressKey(ingress.id) === ingressKey(id)) ?? false;
  });
  if (!declares) return [];
  return changes.map(({ commit, blob }) =>
    lazyChange(commit, path, () =>
      blob === null ? { kind: "absent" } : stateIn(render(path, blob, namespace ?? id.namespace), id),
    ),
  );
}

/** A version is parsed when somebody asks what it says: most audits ask for a few of the newest. */
function lazyChange(commit: number, path: string, read: () => ObjectState): ObjectChange {
  let known: ObjectState | null = null;
  return {
    commit,
    path,
    get state() {
      known ??= read();
      return known;
    },
  };
}

function stateIn(rendered: RenderedFile | null, id: IngressId): ObjectState {
  const declared = rendered?.ingresses.filter((ingress) => ingressKey(ingress.id) === ingressKey(id)) ?? [];
  if (declared.length > 0) {
    return combineStates(declared.map(({ object }) => ({ kind: "present", ingress: keyIngress(object) })));
  }
  const isHidden = rendered?.problems.some(
    (problem) =>
      problem.level === "error" &&
      (problem.ingress === undefined || ingressKey(problem.ingress) === ingressKey(id)),
  );
  return isHidden === true ? { kind: "unreadable" } : { kind: "absent" };
}

interface Candidates {
  readonly byBlob: ReadonlyMap<string, Buffer>;
  /** Paths of which some version may name an Ingress so. */
  readonly pathsOf: (name: string) => ReadonlySet<string>;
}

async function readCandidates(
  git: GitHistory,
  changes: readonly FileChange[],
  names: ReadonlySet<string>,
): Promise<Candidates> {
  const pathsOfBlob = new Map<string, Set<string>>();
  for (const { blob, path } of changes) {
    if (blob === null) continue;
    const paths = pathsOfBlob.get(blob);
    if (paths === undefined) pathsOfBlob.set(blob, new Set([path]));
    else paths.add(path);
  }
  const byBlob = new Map<string, Buffer>();
  const pathsByName = new Map<string, Set<string>>([...names].map((name) => [name, new Set()]));
  for await (const { blob, content } of git.readBlobs([...pathsOfBlob.keys()])) {
    if (!mayDeclareIngress(content)) continue;
    byBlob.set(blob, content);
    for (const name of namesIn(content, names)) {
      for (const path of pathsOfBlob.get(blob) ?? []) pathsByName.get(name)?.add(path);
    }
  }
  return { byBlob, pathsOf: (name) => pathsByName.get(name) ?? new Set() };
}

/** A broken file may hide an Ingress whose name cannot be read, but its bytes still hold the kind. */
function mayDeclareIngress(content: Buffer): boolean {
  return content.includes("Ingress") || content.includes("\\");
}

/**
 * The names asked for that a file may declare: those that occur in its text, and all of them where the text could
 * spell a name, or the word "name", in another way (an escape, an alias, a tag, a folded scalar, a comment between).
 */
function namesIn(content: Buffer, names: ReadonlySet<string>): Iterable<string> {
  const text = content.toString("latin1");
  if (/name["']?\s*:\s*(?:[&*!|>#]|"[^"\n]*\\)/.test(text)) return names;
  if (/"[^"\n]*\\[^\n]*"\s*:/.test(text)) return names;
  const found = new Set<string>();
  for (const [, name] of text.matchAll(/name["']?\s*:\s*["']?([a-z0-9][a-z0-9.-]*)/g)) {
    if (name !== undefined && names.has(name)) found.add(name);
  }
  return found;
}

function rememberRendered(renderer: Renderer, contents: ReadonlyMap<string, Buffer>): Render {
  const known = new Map<string, RenderedFile>();
  return (path, blob, defaultNamespace) => {
    const content = contents.get(blob);
    if (content === undefined) return null;
    const key = `${blob} ${defaultNamespace ?? ""} ${path}`;
    const remembered = known.get(key) ?? renderer.render({ path, content, defaultNamespace });
    known.set(key, remembered);
    return remembered;
  };
}
