import type { FileChange } from "../../model/commit-graph.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import { mayDeclareIngress, namesInText } from "./names-in-text.ts";

export interface Candidates {
  /** The contents that mention Ingress, of the paths that count for any of the names. */
  readonly byBlob: ReadonlyMap<string, Buffer>;
  /** Paths of which some version may name an Ingress so. */
  readonly pathsOf: (name: string) => ReadonlySet<string>;
}

/**
 * Reads every version of every file once, and keeps what may tell something about an Ingress of one of the names.
 *
 * @param names Those of the Ingresses whose history is needed.
 */
export async function readCandidates(
  git: GitHistory,
  changes: readonly FileChange[],
  names: ReadonlySet<string>,
): Promise<Candidates> {
  const pathsOfBlob = groupPaths(changes);
  const byBlob = new Map<string, Buffer>();
  const pathsByName = new Map<string, Set<string>>([...names].map((name) => [name, new Set()]));
  const pathsOfAny = new Set<string>();
  const counting = new Set<string>();
  for await (const { blob, content } of git.readBlobs([...pathsOfBlob.keys()])) {
    if (!mayDeclareIngress(content)) continue;
    byBlob.set(blob, content);
    const found = namesInText(content, names);
    if (found.size === 0) continue;
    for (const path of pathsOfBlob.get(blob) ?? []) {
      counting.add(path);
      if (found === names) pathsOfAny.add(path);
      else for (const name of found) pathsByName.get(name)?.add(path);
    }
  }
  for (const blob of [...byBlob.keys()]) {
    if (counting.isDisjointFrom(pathsOfBlob.get(blob) ?? new Set())) byBlob.delete(blob);
  }
  return { byBlob, pathsOf: (name) => pathsOfAny.union(pathsByName.get(name) ?? new Set()) };
}

function groupPaths(changes: readonly FileChange[]): ReadonlyMap<string, ReadonlySet<string>> {
  const paths = new Map<string, Set<string>>();
  for (const { blob, path } of changes) {
    if (blob === null) continue;
    const known = paths.get(blob);
    if (known === undefined) paths.set(blob, new Set([path]));
    else known.add(path);
  }
  return paths;
}
