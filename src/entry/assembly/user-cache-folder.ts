import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/**
 * A folder of ours in the user's cache folder, made where it is missing.
 *
 * @param env The environment of this process, for `XDG_CACHE_HOME`.
 * @returns null where there is none and none can be made: no home, or one that takes nothing.
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function userCacheFolder(
  name: "compiled" | "renders" | "repositories",
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  try {
    const cache = env.XDG_CACHE_HOME || path.join(homedir(), ".cache");
    const folder = path.join(cache, "ingress-audit", name);
    if (!path.isAbsolute(folder)) return null;
    makeFolder(folder);
    return folder;
  } catch {
    return null;
  }
}

/** One level at a time: Node's recursive mkdir never ends below a folder that takes no folders, such as /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another run may have made it meanwhile.
    if (!existsSync(folder)) throw error;
  }
}
