import type { Problem } from "../model/problem.ts";
import type { RenderedSource } from "../model/source.ts";
import type { RenderedFile } from "./renderer.ts";

/** Renders a source with the tool that its team renders it with. */
export interface SourceRenderer {
  /** Which files of a commit the rendering reads: derived from the files themselves. */
  inputsOf(source: RenderedSource, tree: SourceTree): Promise<SourceInputs>;
  /**
   * Render in a folder that holds just the inputs, without network and the user's own settings. The same inputs give the
   * same answer, from the cache where they were rendered before.
   *
   * @returns A source that cannot be rendered gives a problem of level error and no Ingress; `renderer-missing` where the
   *   tool is not there.
   */
  render(
    source: RenderedSource,
    inputs: SourceInputs,
    tree: SourceTree,
    signal: AbortSignal,
  ): Promise<RenderedFile>;
}

/** The files of one commit. */
export interface SourceTree {
  /** Object id of a file's content, symbolic links followed; null where there is no such file. */
  readonly blobOf: (path: string) => string | null;
  /** The file that each symbolic link leads to, also of those below a link to a folder; left out where it is not known. */
  readonly links?: ReadonlyMap<string, string>;
  /** Every file below a folder, sorted. */
  readonly filesBelow: (folder: string) => readonly string[];
  /** @returns null where there is no such file. @throws {AuditError} `object-missing`. */
  readonly read: (path: string) => Promise<Buffer | null>;
}

export interface SourceInputs {
  /** The files that are read, sorted. */
  readonly files: readonly string[];
  /** What may change the rendering: files, whether there or not, and folders of which every file counts. Sorted. */
  readonly watched: readonly string[];
  /** Further files whose lines may carry a rendered value: those that say what the source is. */
  readonly definedBy?: readonly string[];
  /** Set where a file that names others cannot be read, so that what else is read is not known. */
  readonly isPartial?: boolean;
  /** Why it cannot be rendered as it stands, such as a remote base. */
  readonly problems: readonly Problem[];
  /**
   * What of the files' contents can reach an Ingress: with the same, a source renders to the same Ingresses, in every
   * state in which it renders. Only what is proven to reach none is left out. Where it is not given, all counts.
   */
  readonly reach?: (contents: ReadonlyMap<string, Buffer>) => string;
}
