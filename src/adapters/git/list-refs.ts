import type { GitRepository } from "./git-repository.ts";

export interface Ref {
  /** As people write it: `main`, `origin/feature`, `refs/pull/12/head`. */
  readonly name: string;
  readonly target: string;
}

/** The namespaces that hold work which may not be merged yet: branches here and there, and forges' proposals. */
const NAMESPACES = ["refs/heads", "refs/remotes", "refs/pull", "refs/merge-requests"] as const;

/** The same as arguments of `git log`, which skips those that are broken. */
export const REF_ARGUMENTS: readonly string[] = [
  "--ignore-missing",
  ...NAMESPACES.map((namespace) => `--glob=${namespace}/*`),
];

/** Stashes and notes are no versions of anything; a symbolic ref (origin/HEAD) is another name for one in the list. */
export async function listRefs(repository: GitRepository): Promise<Ref[]> {
  const answer = await repository.text(
    "for-each-ref",
    "--format=%(objectname) %(symref) %(refname)",
    ...NAMESPACES,
  );
  return answer.split("\n").flatMap((line) => {
    const match = /^([0-9a-f]+) {2}(\S.*)$/.exec(line);
    return match === null ? [] : [{ target: match[1] ?? "", name: shortName(match[2] ?? "") }];
  });
}

function shortName(ref: string): string {
  return ref.replace(/^refs\/(heads|remotes)\//, "");
}
