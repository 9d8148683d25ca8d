import {
  combineStates,
  type ObjectChange,
  type ObjectState,
} from "../../attribute/history/object-history.ts";
import { keyIngress } from "../../compare/key-ingress.ts";
import type { CommitGraph, FileChange } from "../../model/commit-graph.ts";
import { type IngressId, type IngressObject, ingressKey } from "../../model/ingress.ts";
import type { KeyedIngress } from "../../model/keyed-ingress.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import type { Renderer } from "../../ports/renderer.ts";
import type { NamespaceFor } from "../desired/read-desired.ts";
import type { RenderedVersions } from "../rendered/rendered-versions.ts";
import { type FileDeclarations, fileDeclarations } from "./file-declarations.ts";
import { readCandidates } from "./read-candidates.ts";

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
  const read: VersionReader = {
    declarationsAt: rememberDeclarations(renderer, contents.byBlob),
    keyed: rememberKeyed(),
  };
  const known = new Map<string, readonly ObjectChange[]>();
  const versionsOf = (id: IngressId) =>
    [...contents.pathsOf(id.name)].flatMap((path) =>
      versionsIn(path, changes.get(path) ?? [], id, read, namespaceFor),
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

interface VersionReader {
  /** null where the version has nothing to do with Ingress. */
  readonly declarationsAt: (
    path: string,
    blob: string,
    defaultNamespace: string | null,
  ) => FileDeclarations | null;
  readonly keyed: (object: IngressObject) => KeyedIngress;
}

/** A path counts where one of its versions declares the object with its namespace; then versions without one count too. */
function versionsIn(
  path: string,
  changes: readonly FileChange[],
  id: IngressId,
  read: VersionReader,
  namespaceFor: NamespaceFor,
): ObjectChange[] {
  const namespace = namespaceFor(path);
  const isDeclared = changes.some(({ blob }) => {
    const declarations = blob === null ? null : read.declarationsAt(path, blob, namespace);
    return declarations !== null && declarations.objectsOf(id).length > 0;
  });
  if (!isDeclared) return [];
  return changes.map(({ commit, blob }) =>
    lazyChange(commit, path, () =>
      blob === null ? ABSENT : stateIn(read.declarationsAt(path, blob, namespace ?? id.namespace), id, read),
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

const ABSENT: ObjectState = { kind: "absent" };

function stateIn(
  declarations: FileDeclarations | null,
  id: IngressId,
  { keyed }: VersionReader,
): ObjectState {
  if (declarations === null) return ABSENT;
  const declared = declarations.objectsOf(id);
  if (declared.length > 0) {
    return combineStates(declared.map((object) => ({ kind: "present", ingress: keyed(object) })));
  }
  return declarations.mayHide(id) ? { kind: "unreadable" } : ABSENT;
}

function rememberDeclarations(
  renderer: Renderer,
  contents: ReadonlyMap<string, Buffer>,
): VersionReader["declarationsAt"] {
  const known = new Map<string, FileDeclarations>();
  return (path, blob, defaultNamespace) => {
    const content = contents.get(blob);
    if (content === undefined) return null;
    const key = `${blob} ${defaultNamespace ?? ""} ${path}`;
    const remembered =
      known.get(key) ?? fileDeclarations(renderer.render({ path, content, defaultNamespace }));
    known.set(key, remembered);
    return remembered;
  };
}

/** The renderer gives the same object for the same text, in whatever version it stands. */
function rememberKeyed(): VersionReader["keyed"] {
  const known = new WeakMap<IngressObject, KeyedIngress>();
  return (object) => {
    const remembered = known.get(object) ?? keyIngress(object);
    known.set(object, remembered);
    return remembered;
  };
}
