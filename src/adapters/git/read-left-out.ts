import type { GitRepository } from "./git-repository.ts";
import { decodePath, splitFields } from "./split-fields.ts";
import type { TreeEntry, UnreadablePath } from "./tree-entry.ts";

/**
 * What a sparse checkout leaves out of the work tree: unchanged, as git itself takes it, so as the index has it.
 *
 * @param paths Those that are not on disk.
 */
export async function readLeftOut(
  repository: GitRepository,
  paths: ReadonlySet<string>,
): Promise<{
  readonly entries: ReadonlyMap<string, TreeEntry>;
  readonly unreadable: readonly UnreadablePath[];
}> {
  const entries = new Map<string, TreeEntry>();
  const unreadable: UnreadablePath[] = [];
  if (paths.size === 0) return { entries, unreadable };
  for (const field of splitFields(await repository.inWorkTree(["ls-files", "-z", "--stage", "--cached"]))) {
    const [, mode, blob = "", name = ""] = /^(\d+) ([0-9a-f]+) \d\t(.*)$/s.exec(field) ?? [];
    const path = decodePath(name);
    if (path === null || !paths.has(path)) continue;
    if (mode === "160000") entries.set(path, { kind: "submodule" });
    else if (mode === "120000") unreadable.push({ path, reason: LINK });
    else entries.set(path, { kind: "file", blob });
  }
  return { entries, unreadable };
}

const LINK = "A sparse checkout leaves the link out of the work tree";
