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
}

/** One source at the audited commit. */
export interface RenderedHead {
  readonly source: RenderedSource;
  readonly ingresses: readonly DesiredIngress[];
  readonly watched: readonly string[];
  /** The files that it reads. */
  readonly inputs: readonly string[];
}

export async function renderSources(
  sources: readonly RenderedSource[],
  renderer: SourceRenderer,
  tree: SourceTree,
  signal: AbortSignal,
): Promise<RenderedSources> {
  const renderings = new Renderings(renderer);
  const rendered = await Promise.all(
    sources.map(async (source) => {
      const state = await sourceState(source, renderer, tree);
      const { ingresses, problems } = await renderings.render(state, signal);
      return { source, ingresses, problems, inputs: state.inputs };
    }),
  );
  return {
    sources: rendered.map(({ source, ingresses, inputs }) => ({
      source,
      ingresses,
      watched: inputs.watched,
      inputs: inputs.files,
    })),
    inputs: new Set(rendered.flatMap(({ inputs }) => inputs.files)),
    problems: onlyOnce(rendered.flatMap(({ problems }) => problems)),
    renderer,
    renderings,
  };
}

/** What is wrong with a base, or a tool that is missing, is met by every source that needs it. */
function onlyOnce(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** The tree of the audited commit, or of the work tree. */
export async function headTree(git: GitHistory, at: Snapshot): Promise<SourceTree> {
  const { files } = await git.listFiles(at, { pathspecs: [], matches: () => true });
  const blobs = new Map(files.map(({ path, blob }) => [path, blob]));
  const paths = [...blobs.keys()].sort();
  const read = rememberBlobs(git);
  const blobOf = (path: string) => blobs.get(path) ?? null;
  return {
    blobOf,
    filesBelow: (folder) => pathsBelow(paths, folder),
    read: async (path) => {
      const blob = blobOf(path);
      return blob === null ? null : read(blob);
    },
  };
}
