import type { SourceConfiguration } from "../model/configuration.ts";
import { matchPathGlob } from "../model/patterns.ts";
import type { PathSelector } from "../ports/git-history.ts";
import type { NamespaceFor } from "./read-desired.ts";

export interface SelectedPaths {
  readonly selector: PathSelector;
  readonly namespaceFor: NamespaceFor;
}

const MANIFEST = /\.(?:ya?ml|json)$/i;
/** Other tools' files in the same formats: large, often changed, and never manifests. */
const NEVER =
  /(?:^|\/)(?:node_modules|\.git)\/|(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml)$/;

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
  const named = paths.length === 0 ? null : compile(paths, []);
  const isSource = (path: string) => compiled.length === 0 || compiled.some(({ takes }) => takes(path));
  return {
    selector: {
      pathspecs: pathspecsOf(paths.length > 0 ? paths : sources.flatMap((source) => source.paths)),
      isWhole: compiled.length === 0 && named === null,
      matches: (path) =>
        MANIFEST.test(path) && !NEVER.test(path) && !never.includes(path) && (named ?? isSource)(path),
    },
    namespaceFor: (path) =>
      compiled.find(({ namespace, takes }) => namespace !== null && takes(path))?.namespace ?? null,
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
