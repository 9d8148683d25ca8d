import type { CommitGraph, GraphRef } from "../../model/commit-graph.ts";
import type { PathChange } from "../../ports/git-history.ts";
import { GitFailure } from "./git-failure.ts";
import type { GitRepository } from "./git-repository.ts";
import { listRefs, REF_ARGUMENTS } from "./list-refs.ts";
import { LOG_FORMAT, type ParsedLog, parseLog } from "./parse-log.ts";
import { pathspecArguments } from "./pathspec.ts";
import { shallowBoundary } from "./shallow-boundary.ts";

/** The arguments of a graph, but for what is kept of its paths. */
export interface GraphRange {
  /** The audited commit. */
  readonly commit: string;
  readonly pathspecs: readonly string[];
  /** Further commits that the graph must hold. */
  readonly further: readonly string[];
}

/** Starts Git's walk over the commits that {@link readGraph} reads. */
export function logOf(
  repository: GitRepository,
  { commit, pathspecs, further }: GraphRange,
  signal?: AbortSignal,
): AsyncIterable<Buffer> {
  const log = [...LOG, ...EVERY_COMMIT, ...REF_ARGUMENTS, commit, ...further];
  return repository.stream([...log, "--", ...pathspecArguments(pathspecs)], undefined, signal);
}

/**
 * Every commit reachable from the one given, from other refs and from the further commits, even where it changes
 * nothing under the paths, with its real parents (`--full-history --sparse`), and each with its changes against its
 * first parent, a merge too.
 *
 * At the boundary of a shallow clone the whole tree shows as added. Those entries stay, because they say what the
 * state is there; `isBoundary` tells that nobody is known to have changed it.
 *
 * @param log What {@link logOf} gives for the commit.
 * @see https://git-scm.com/docs/git-log#_history_simplification
 */
export async function readGraph(
  repository: GitRepository,
  commit: string,
  log: AsyncIterable<Buffer>,
  matches: (path: string) => boolean,
): Promise<CommitGraph> {
  const [history, refs, boundary] = await Promise.all([
    parseLog(log, matches),
    listRefs(repository),
    shallowBoundary(repository),
  ]);
  const indices = new Map(history.commits.map(({ sha }, index) => [sha, index]));
  const head = indices.get(commit);
  if (head === undefined) throw new GitFailure("log", `missing object ${commit}`, commit);
  return {
    commits: linkParents(history, indices, boundary),
    head,
    otherRefs: refs.flatMap((ref): GraphRef[] => {
      const at = indices.get(ref.target);
      return at === undefined || at === head ? [] : [{ name: ref.name, commit: at }];
    }),
    changes: history.changes,
  };
}

/** What each commit changed against its first parent, in any path; at a shallow clone's boundary, everything it holds. */
export async function readChanges(
  repository: GitRepository,
  shas: readonly string[],
  matches: (path: string) => boolean,
): Promise<ReadonlyMap<string, readonly PathChange[]>> {
  if (shas.length === 0) return new Map();
  const log = repository.stream([...LOG, "--no-walk=unsorted", "--stdin", "--"], `${shas.join("\n")}\n`);
  const { commits, changes } = await parseLog(log, matches);
  const byCommit = Map.groupBy(changes, ({ commit }) => commit);
  return new Map(
    commits.map(({ sha }, index) => [
      sha,
      (byCommit.get(index) ?? []).map(({ path, blob, previousBlob }) => ({ path, blob, previousBlob })),
    ]),
  );
}

/** The form of output that {@link parseLog} reads, whatever the configuration says. */
const LOG = [
  "log",
  "--raw",
  "-z",
  "--no-abbrev",
  "--no-renames",
  "--no-ext-diff",
  "--no-textconv",
  "--no-color",
  "--encoding=UTF-8",
  "--root",
  "--diff-merges=first-parent",
  LOG_FORMAT,
] as const;

const EVERY_COMMIT = ["--full-history", "--sparse", "--topo-order"] as const;

function linkParents(
  history: ParsedLog,
  indices: ReadonlyMap<string, number>,
  boundary: ReadonlySet<string>,
): CommitGraph["commits"] {
  return history.commits.map(({ sha, parents, committedAt, authoredAt }) => ({
    sha,
    parents: parents.flatMap((parent) => indices.get(parent) ?? []),
    committedAt,
    authoredAt,
    isBoundary: boundary.has(sha),
  }));
}
