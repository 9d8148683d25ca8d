import { nearestName } from "../model/nearest-name.ts";
import type { Problem } from "../model/problem.ts";
import type { GitHistory, ListedFile } from "../ports/git-history.ts";
import type { AuditRequest, SourcePath } from "./audit-request.ts";
import { isManifestPath } from "./manifest-path.ts";

/**
 * Warns of each path of the configured sources that takes no manifest. Where none takes any it is an error: every
 * Ingress of the cluster would seem to be in the cluster only.
 *
 * @param files What the sources take together.
 */
export async function emptySources(
  { sourcePaths, isNarrowed, commit }: AuditRequest,
  git: GitHistory,
  files: readonly ListedFile[],
): Promise<readonly Problem[]> {
  const empty = isNarrowed ? [] : sourcePaths.filter(({ takes }) => !files.some(({ path }) => takes(path)));
  if (empty.length === 0) return [];
  const everything = { pathspecs: [], matches: isManifestPath };
  const known = namesIn((await git.listFiles({ kind: "commit", sha: commit }, everything)).files);
  const level = empty.length === sourcePaths.length ? "error" : "warning";
  return empty.map((source) => ({
    path: source.configPath,
    line: null,
    code: "source-takes-nothing",
    message: `The source ${source.path} takes no manifest (.yaml, .yml or .json)${level === "error" ? ", nor does any other" : ""}`,
    remedy: `${reason(source, known)} Paths start at the repository's root.`,
    level,
  }));
}

function reason({ path, excluded }: SourcePath, known: readonly string[]): string {
  if (known.some(excluded)) return `What ${path} would take is excluded: narrow its exclude, or remove it.`;
  const nearest = nearestPath(path.replace(/^\.\//, "").replace(/\/+$/, ""), known);
  return nearest === null
    ? "Mend the path in sources, or remove it."
    : `Mend the path in sources, or remove it. Did you mean ${nearest}?`;
}

/** A file or folder of that name further down, else one whose path is nearly the same. */
function nearestPath(path: string, known: readonly string[]): string | null {
  const deeper = known.find((each) => each.endsWith(`/${path}`));
  return (
    deeper ??
    nearestName(
      path,
      known.filter((each) => Math.abs(each.length - path.length) <= 2),
    )
  );
}

/** Every manifest, and every folder that holds one. */
function namesIn(files: readonly ListedFile[]): readonly string[] {
  const names = new Set<string>();
  for (const { path } of files) {
    for (
      let name = path;
      name !== "" && !names.has(name);
      name = name.slice(0, Math.max(0, name.lastIndexOf("/")))
    ) {
      names.add(name);
    }
  }
  return [...names].sort();
}
