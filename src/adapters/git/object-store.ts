import { gitEnvironment, OFFLINE } from "./git-environment.ts";
import type { GitProcess } from "./git-process.ts";

/** Makes processes that work on a git folder's object store alone: no work tree, no network. */
export function inObjectStore(
  gitDir: string,
  signal: AbortSignal | undefined,
  variables: Readonly<Record<string, string>> = {},
): (args: readonly string[], input?: string | Buffer) => GitProcess {
  const env = { ...gitEnvironment(process.env), ...OFFLINE, ...variables };
  return (args, input) => ({
    cwd: gitDir,
    env,
    args: [...objectStore(gitDir), ...args],
    ...(input === undefined ? {} : { input }),
    signal,
  });
}

/** The git folder stands in for the work tree: else the work tree's own .mailmap would be read. */
export function objectStore(gitDir: string): readonly string[] {
  return [`--git-dir=${gitDir}`, `--work-tree=${gitDir}`];
}
