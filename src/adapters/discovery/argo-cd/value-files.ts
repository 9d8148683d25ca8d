import path from "node:path/posix";
import type { HelmFileParameter } from "../../../model/source.ts";
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
  filled: Filled,
): ValueFiles {
  const files: string[] = [];
  for (const written of helm?.valueFiles ?? []) {
    const file = locate(written, all, chart, remotes, filled);
    if (file === null) return { kind: "elsewhere", file: written };
    const isThere = tree.blobOf(file) !== null;
    if (isThere || helm?.ignoreMissingValueFiles !== true) files.push(file);
  }
  return { kind: "files", files };
}

export type SetFiles =
  | { readonly kind: "files"; readonly files: readonly HelmFileParameter[] }
  | { readonly kind: "elsewhere"; readonly file: string };

/** The files of `fileParameters`, named as values files are. */
export function setFilesOf(
  { helm }: ApplicationSource,
  all: readonly ApplicationSource[],
  chart: string,
  remotes: readonly string[],
  filled: Filled,
): SetFiles {
  const files: HelmFileParameter[] = [];
  for (const { name, path: written } of helm?.fileParameters ?? []) {
    const file = locate(written, all, chart, remotes, filled);
    if (file === null) return { kind: "elsewhere", file: written };
    files.push({ name, file });
  }
  return { kind: "files", files };
}

/** Variables of the build environment filled in. */
type Filled = (text: string) => string;

function locate(
  text: string,
  all: readonly ApplicationSource[],
  chart: string,
  remotes: readonly string[],
  filled: Filled,
): string | null {
  // The name of a source is written like a variable, and goes first.
  const reference = /^\$([^/]+)\/(.+)$/.exec(text);
  const source = reference === null ? undefined : all.find(({ ref }) => ref === reference[1]);
  if (source !== undefined)
    return isSameRepository(source.repoURL, remotes)
      ? inside(path.normalize(filled(reference?.[2] ?? "")))
      : null;
  const written = filled(text);
  if (written.startsWith("$") || /^[a-z]+:\/\//i.test(written)) return null;
  return inside(written.startsWith("/") ? path.normalize(written.slice(1)) : path.join(chart, written));
}

function inside(file: string): string | null {
  return file.startsWith("../") ? null : file;
}
