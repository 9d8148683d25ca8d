import type { SourceConfiguration } from "../../model/configuration.ts";
import { matchPathGlob } from "../../model/patterns.ts";
import { isManifestPath } from "./manifest-path.ts";

/** One path that was asked for: on the command line, else by a source. */
export interface AskedPath {
  /** As it was written. */
  readonly path: string;
  /** The configuration's name; null for a path of the command line. */
  readonly configPath: string | null;
  readonly takes: (path: string) => boolean;
  /** What it would take but for the source's `exclude`. */
  readonly excluded: (path: string) => boolean;
}

/** Each path by itself, so that one which takes nothing can be told of. */
export function askedPaths(
  sources: readonly SourceConfiguration[],
  paths: readonly string[],
  configPath: string,
): readonly AskedPath[] {
  if (paths.length > 0) return paths.map((path) => askedPath(path, [], null));
  return sources.flatMap(({ paths: own, exclude }) =>
    own.map((path) => askedPath(path, exclude, configPath)),
  );
}

function askedPath(path: string, exclude: readonly string[], configPath: string | null): AskedPath {
  const matches = matchPathGlob(path);
  const excludes = exclude.map(matchPathGlob);
  const isCandidate = (file: string) => isManifestPath(file) && matches(file);
  const isExcluded = (file: string) => excludes.some((each) => each(file));
  return {
    path,
    configPath,
    takes: (file) => isCandidate(file) && !isExcluded(file),
    excluded: (file) => isCandidate(file) && isExcluded(file),
  };
}
