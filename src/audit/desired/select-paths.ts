import type { SourceConfiguration } from "../../model/configuration.ts";
import { matchPathGlob } from "../../model/patterns.ts";
import type { PathSelector } from "../../ports/git-history.ts";
import { isManifestPath } from "./manifest-path.ts";
import type { NamespaceFor } from "./read-desired.ts";

export interface SelectedPaths {
  readonly selector: PathSelector;
  /** What is audited where the command line names no paths, and what it names. */
  readonly wider: PathSelector;
  readonly namespaceFor: NamespaceFor;
}

/**
 * Which files are audited, and the namespace of those that name none.
 *
 * @param paths What the command line names; overrides the sources' paths, not their namespaces. Empty means the
 *   sources', and without sources every manifest of the repository.
 * @param never Paths that are no manifests, whatever they look like.
 */
export function selectPaths(
  sources: readonly SourceConfiguration[],
  paths: readonly string[],
  never: readonly string[] = [],
): SelectedPaths {
  const compiled = sources.map((source) => ({
    namespace: source.namespace,
    takes: compile(source.paths, source.exclude),
  }));
  const namespaceFor = (path: string) =>
    compiled.find(({ namespace, takes }) => namespace !== null && takes(path))?.namespace ?? null;
  const isNamed = compile(paths, []);
  const isSource = (path: string) => compiled.length === 0 || compiled.some(({ takes }) => takes(path));
  const isManifest = (path: string) => isManifestPath(path) && !never.includes(path);
  const sourcePaths = sources.flatMap((source) => source.paths);
  const bySources: PathSelector = {
    pathspecs: pathspecsOf(sourcePaths),
    isWhole: compiled.length === 0,
    matches: (path) => isManifest(path) && isSource(path),
  };
  if (paths.length === 0) return { selector: bySources, wider: bySources, namespaceFor };
  return {
    selector: {
      pathspecs: pathspecsOf(paths),
      isWhole: false,
      matches: (path) => isManifest(path) && isNamed(path),
    },
    wider: {
      pathspecs: pathspecsOf(sourcePaths.length === 0 ? [] : [...sourcePaths, ...paths]),
      isWhole: compiled.length === 0,
      matches: (path) => isManifest(path) && (isSource(path) || isNamed(path)),
    },
    namespaceFor,
  };
}

function compile(paths: readonly string[], exclude: readonly string[]): (path: string) => boolean {
  const taken = paths.map(matchPathGlob);
  const left = exclude.map(matchPathGlob);
  return (path) => taken.some((takes) => takes(path)) && !left.some((takes) => takes(path));
}

/** What Git itself can narrow down: the part of each path before its first wildcard. */
function pathspecsOf(paths: readonly string[]): string[] {
  const fixed = paths.map((path) => {
    const wildcard = path.search(/[*?]/);
    const literal = wildcard === -1 ? path : path.slice(0, path.lastIndexOf("/", wildcard) + 1);
    return literal.replace(/^\.\//, "").replace(/\/+$/, "");
  });
  const isEverything = fixed.length === 0 || fixed.some((path) => path === "" || path === ".");
  if (!isEverything) return [...new Set(fixed)].map((path) => `:(literal)${path}`);
  return [":(icase,glob)**/*.yaml", ":(icase,glob)**/*.yml", ":(icase,glob)**/*.json"];
}
