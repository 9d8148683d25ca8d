import type { DesiredIngress } from "../model/ingress.ts";
import type { Problem } from "../model/problem.ts";

/** Turns a file's bytes into the Ingress objects that it declares. Pure: the same bytes give the same answer. */
export interface Renderer {
  render(file: SourceFile): RenderedFile;
}

export interface SourceFile {
  readonly path: string;
  readonly content: Buffer;
  /** The namespace of objects that name none; null where the configuration gives none. */
  readonly defaultNamespace: string | null;
}

export interface RenderedFile {
  readonly ingresses: readonly DesiredIngress[];
  readonly problems: readonly Problem[];
}
