import type { DesiredIngress } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { RenderedSource } from "../../model/source.ts";
import type { GitHistory, Snapshot } from "../../ports/git-history.ts";
import type { SourceRenderer, SourceTree } from "../../ports/source-renderer.ts";
import { pathsBelow, rememberBlobs } from "./commit-trees.ts";
import { Renderings } from "./renderings.ts";
import { sourceState } from "./source-state.ts";

/** What the sources render to at the audited commit, and what its history needs. */
export interface RenderedSources {
  readonly sources: readonly RenderedHead[];
  /** Files that a source reads: they are no manifests of their own. */
  readonly inputs: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  readonly renderer: SourceRenderer;
  readonly renderings: Renderings;
  /** Of the audited commit: the path that each symbolic link leads to. */
  readonly links: ReadonlyMap<string, string>;
}

export interface HeadTree extends SourceTree {
  readonly links: ReadonlyMap<string, string>;
}

/** A source, and what it was made of at other commits. */
export interface SourceDefinition {
  readonly source: RenderedSource;
  /** The files that say what it is; empty where the configuration does, or the cluster. */
  readonly definedBy: readonly string[];
  /**
   * What they made of it in another commit; null where they did not declare it.
   *
   * @param former Files that may have declared it before those did.
   */
  readonly definitionIn: (tree: SourceTree, former: readonly string[]) => Promise<RenderedSource | null>;
}

/** One source at the audited commit. */
export interface RenderedHead extends SourceDefinition {
  readonly ingresses: readonly DesiredIngress[];
  /** With one of level error it could not be rendered, or not whole. */
  readonly problems: readonly Problem[];
  /** Of everything that goes in. */
  readonly digest: string;
  readonly watched: readonly string[];
  /** The files that it reads. */
  readonly inputs: readonly string[];
}

export async function renderSources(
  sources: readonly SourceDefinition[],
  renderer: SourceRenderer,
  tree: HeadTree,
  signal: AbortSignal,
): Promise<RenderedSources> {
  const renderings = new Renderings(renderer);
  const rendered = await Promise.all(
    sources.map(async (definition) => {
      const { inputs, ...known } = await sourceState(definition.source, renderer, tree);
      const state = { ...known, inputs: { ...inputs, definedBy: definition.definedBy } };
      const { ingresses, problems } = await renderings.render(state, signal);
      return { definition, ingresses, problems, digest: state.digest, inputs: state.inputs };
    }),
  );
  return {
    sources: rendered.map(({ definition, ingresses, problems, digest, inputs }) => ({
      ...definition,
      ingresses,
      problems,
      digest,
      watched: inputs.watched,
      inputs: inputs.files,
    })),
    inputs: new Set(rendered.flatMap(({ inputs }) => inputs.files)),
    problems: onlyOnce(rendered.flatMap(({ problems }) => problems)),
    renderer,
    renderings,
    links: tree.links,
  };
}

/** What is wrong with a base, or a tool that is missing, is met by every source that needs it. */
function onlyOnce(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** The tree of the audited commit, or of the work tree. */
export async function headTree(git: GitHistory, at: Snapshot): Promise<HeadTree> {
  const { files } = await git.listFiles(at, { pathspecs: [], matches: () => true });
  const blobs = new Map(files.map(({ path, blob }) => [path, blob]));
  const links = new Map(
    files.flatMap(({ path, linkTarget }) => (linkTarget === null ? [] : [[path, linkTarget] as const])),
  );
  const paths = [...blobs.keys()].sort();
  const read = rememberBlobs(git);
  const blobOf = (path: string) => blobs.get(path) ?? null;
  return {
    links,
    blobOf,
    filesBelow: (folder) => pathsBelow(paths, folder),
    read: async (path) => {
      const blob = blobOf(path);
      return blob === null ? null : read(blob);
    },
  };
}
