import { ingressKey } from "../../model/ingress.ts";
import { sameKeyedValue } from "../../model/keyed-ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import { brokenSources, type GitSide } from "./git-side.ts";

/**
 * What a pull request leaves unsaid, and must say: the problems that it brings, and the older ones of whatever it
 * changes, as what it changes there is not known.
 */
export async function problemsOfChange(
  git: GitHistory,
  fork: GitSide,
  head: GitSide,
): Promise<readonly Problem[]> {
  const isNew = newcomers(fork.problems);
  const isTouched = await touchedBy(git, fork, head);
  return head.problems.filter((problem) => isNew(problem) || (hidesSomething(problem) && isTouched(problem)));
}

/** A problem that only moved to another line is no new one. */
function newcomers(before: readonly Problem[]): (problem: Problem) => boolean {
  const known = new Map<string, number>();
  for (const problem of before) known.set(keyOf(problem), (known.get(keyOf(problem)) ?? 0) + 1);
  return (problem) => {
    const left = known.get(keyOf(problem)) ?? 0;
    known.set(keyOf(problem), left - 1);
    return left <= 0;
  };
}

function keyOf({ path, code, message, ingress }: Problem): string {
  return JSON.stringify([path, code, message, ingress ?? null]);
}

function hidesSomething({ level, code }: Problem): boolean {
  return level === "error" || code === "source-not-rendered";
}

async function touchedBy(
  git: GitHistory,
  fork: GitSide,
  head: GitSide,
): Promise<(problem: Problem) => boolean> {
  const [before, after] = [await blobsAt(git, fork), await blobsAt(git, head)];
  const ofChangedSources = new Set(changedSources(fork, head).map(keyOf));
  const redeclared = redeclaredIn(fork, head);
  return (problem) =>
    before.get(problem.path) !== after.get(problem.path) ||
    ofChangedSources.has(keyOf(problem)) ||
    (problem.ingress !== undefined && redeclared.has(ingressKey(problem.ingress)));
}

async function blobsAt(git: GitHistory, { sha }: GitSide): Promise<ReadonlyMap<string, string>> {
  const everything = { pathspecs: [], matches: () => true };
  const { files } = await git.listFiles({ kind: "commit", sha }, everything);
  return new Map(files.map(({ path, blob }) => [path, blob]));
}

/** The problems of sources that cannot be rendered, and of which something that goes in is changed. */
function changedSources(fork: GitSide, head: GitSide): readonly Problem[] {
  const before = new Map(fork.plan.rendered?.sources.map(({ source, digest }) => [source.id, digest]) ?? []);
  return brokenSources(head)
    .filter(({ source, digest }) => before.get(source.id) !== digest)
    .flatMap(({ problems }) => problems);
}

/** Ingresses that are declared more than once, and differently from before in one of the places. */
function redeclaredIn(fork: GitSide, head: GitSide): ReadonlySet<string> {
  const [before, after] = [fork, head].map(({ desired }) =>
    Map.groupBy(desired.ambiguous, ({ id }) => ingressKey(id)),
  );
  const changed = [...(after ?? [])].filter(([key, declared]) => {
    const former = before?.get(key) ?? [];
    return declared.some(
      ({ origin, object }) =>
        !former.some((each) => each.origin.path === origin.path && sameKeyedValue(each.object, object)),
    );
  });
  return new Set(changed.map(([key]) => key));
}
