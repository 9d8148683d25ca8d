import type { SourceConfiguration } from "../model/configuration.ts";
import { matchPathGlob } from "../model/patterns.ts";
import type { SourcePath } from "./audit-request.ts";
import { isManifestPath } from "./manifest-path.ts";

/** Each path of the sources by itself, so that one which takes nothing can be told of. */
export function sourcePathsOf(
  sources: readonly SourceConfiguration[],
  configPath: string,
): readonly SourcePath[] {
  return sources.flatMap(({ paths, exclude }) => {
    const excludes = exclude.map(matchPathGlob);
    const isExcluded = (file: string) => excludes.some((matches) => matches(file));
    return paths.map((path) => {
      const matches = matchPathGlob(path);
      const isCandidate = (file: string) => isManifestPath(file) && matches(file);
      return {
        path,
        configPath,
        takes: (file) => isCandidate(file) && !isExcluded(file),
        excluded: (file) => isCandidate(file) && isExcluded(file),
      };
    });
  });
}
