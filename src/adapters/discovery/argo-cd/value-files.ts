import path from "node:path/posix";
import type { SourceTree } from "../../../ports/source-renderer.ts";
import { isSameRepository } from "../same-repository.ts";
import type { ApplicationSource } from "./application.ts";

export type ValueFiles =
  | { readonly kind: "files"; readonly files: readonly string[] }
  | { readonly kind: "elsewhere"; readonly file: string };

/**
 * The values files of a chart: relative to its folder, from the repository's root with a slash, or from another source
 * that is called by its `ref`.
 */
export function valueFilesOf(
  { helm }: ApplicationSource,
  all: readonly ApplicationSource[],
  chart: string,
  remotes: readonly string[],
  tree: SourceTree,
): ValueFiles {
  const files: string[] = [];
  for (const written of helm?.valueFiles ?? []) {
    const file = locate(written, all, chart, remotes);
    if (file === null) return { kind: "elsewhere", file: written };
    const isThere = tree.blobOf(file) !== null;
    if (isThere || helm?.ignoreMissingValueFiles !== true) files.push(file);
  }
  return { kind: "files", files };
}

function locate(
  written: string,
  all: readonly ApplicationSource[],
  chart: string,
  remotes: readonly string[],
): string | null {
  if (/^[a-z]+:\/\//i.test(written)) return null;
  const reference = /^\$([^/]+)\/(.+)$/.exec(written);
  if (reference !== null) {
    const source = all.find(({ ref }) => ref === reference[1]);
    const isHere = source !== undefined && isSameRepository(source.repoURL, remotes);
    return isHere ? inside(path.normalize(reference[2] ?? "")) : null;
  }
  return inside(written.startsWith("/") ? path.normalize(written.slice(1)) : path.join(chart, written));
}

function inside(file: string): string | null {
  return file.startsWith("../") ? null : file;
}
