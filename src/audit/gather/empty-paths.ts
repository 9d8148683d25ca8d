import { AuditError } from "../../model/audit-error.ts";
import { nearestName } from "../../model/nearest-name.ts";
import type { Problem } from "../../model/problem.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import type { AuditRequest } from "../audit-request.ts";
import type { AskedPath } from "../desired/asked-paths.ts";
import { isManifestPath } from "../desired/manifest-path.ts";
import type { DesiredState } from "../desired/read-desired.ts";

/**
 * Warns of each path asked for that takes no manifest. Where none of the configured ones takes any it is an error: every
 * Ingress of the cluster would seem to be in the cluster only. One that cannot be read is told of as such.
 *
 * @param desired What the paths take together.
 */
export async function emptyPaths(
  { asked, commit }: AuditRequest,
  git: GitHistory,
  { files, problems }: Pick<DesiredState, "files" | "problems">,
): Promise<readonly Problem[]> {
  const broken = new Set(problems.map(({ path }) => path));
  const empty = asked.filter(
    ({ path, takes }) => !broken.has(path) && !files.some((file) => takes(file.path)),
  );
  if (empty.length === 0) return [];
  const known = await manifestNames(git, commit);
  const level = empty.length === asked.length ? "error" : "warning";
  return empty.map((each) => ({
    path: each.configPath ?? each.path,
    line: null,
    code: each.configPath === null ? "path-takes-nothing" : "source-takes-nothing",
    message: `The ${each.configPath === null ? "path" : "source"} ${each.path} takes no manifest (.yaml, .yml or .json)${level === "error" ? ", nor does any other" : ""}`,
    remedy: remedy(each, known),
    level,
  }));
}

/** Nothing of what the command line names is there: no audit, and no Ingress that only the cluster has. */
export async function pathsMatchNothing(
  { asked, ref, commit }: AuditRequest,
  git: GitHistory,
): Promise<AuditError> {
  const known = await manifestNames(git, commit);
  const meant = asked.flatMap(({ path }) => nearestPath(path, known) ?? []);
  return new AuditError({
    code: "paths-match-nothing",
    what: "The paths given take no manifest (.yaml, .yml or .json)",
    where: { paths: asked.map(({ path }) => path).join(", "), ref },
    mend: `${meant.length === 0 ? "" : `Did you mean ${meant.join(", ")}? `}Name files or folders that the audited commit has; --worktree reads those that are not committed.`,
  });
}

function remedy({ path, configPath, excluded }: AskedPath, known: readonly string[]): string {
  if (known.some(excluded)) return `What ${path} would take is excluded: narrow its exclude, or remove it.`;
  const nearest = nearestPath(path, known);
  const hint = nearest === null ? "" : ` Did you mean ${nearest}?`;
  return configPath === null
    ? `Name files or folders that the audited commit has.${hint}`
    : `Mend the path in sources, or remove it.${hint} Paths start at the repository's root.`;
}

/** A file or folder of that name further down, else one whose path is nearly the same. */
function nearestPath(written: string, known: readonly string[]): string | null {
  const path = written.replace(/^\.\//, "").replace(/\/+$/, "");
  const deeper = known.find((each) => each.endsWith(`/${path}`));
  const similar = known.filter((each) => Math.abs(each.length - path.length) <= 2);
  return deeper ?? nearestName(path, similar);
}

/** Every manifest of the commit, and every folder that holds one. */
async function manifestNames(git: GitHistory, commit: string): Promise<readonly string[]> {
  const everything = { pathspecs: [], matches: isManifestPath };
  const { files } = await git.listFiles({ kind: "commit", sha: commit }, everything);
  const names = new Set<string>();
  for (const { path } of files) {
    for (let name = path; name !== "" && !names.has(name); name = parentOf(name)) names.add(name);
  }
  return [...names].sort();
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
