import { pathToFileURL } from "node:url";
import { runGit } from "./run-git.ts";
import { removeFolder, temporaryFolder } from "./temporary-folder.ts";

export interface Clone {
  readonly dir: string;
  /** Run any git command in it. */
  readonly git: (...args: readonly string[]) => Promise<string>;
  readonly remove: () => void;
  readonly [Symbol.dispose]: () => void;
}

/**
 * Clone a repository the way CI does, with the last `depth` commits of every branch.
 *
 * @param dir The repository to clone; through its file:// URL, as git ignores --depth for a plain path.
 */
export function shallowClone(dir: string, depth: number, ...options: readonly string[]): Promise<Clone> {
  return cloneRepository(dir, `--depth=${depth}`, "--no-single-branch", ...options);
}

export async function cloneRepository(dir: string, ...options: readonly string[]): Promise<Clone> {
  const clone = await temporaryFolder();
  await runGit(clone, ["clone", "--quiet", ...options, pathToFileURL(dir).href, "."]);
  const remove = () => removeFolder(clone);
  return { dir: clone, git: (...args) => runGit(clone, args), remove, [Symbol.dispose]: remove };
}
