import type { GitRepository } from "./git-repository.ts";
import { decodePath, decodeText, NAME_NOT_UTF8, splitFields } from "./split-fields.ts";
import type { TreeEntry, UnreadablePath } from "./tree-entry.ts";

/** Reads the targets of links: blobs like others. */
export type ReadBlobs = (blobs: readonly string[]) => AsyncIterable<{ blob: string; content: Buffer }>;

/** Every path of a commit's tree. */
export interface CommitTree {
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** What could not even be listed. */
  readonly unreadable: readonly UnreadablePath[];
}

/** Lists a commit's whole tree: links may lead anywhere in it. */
export async function readCommitTree(
  repository: GitRepository,
  sha: string,
  readBlobs: ReadBlobs,
): Promise<CommitTree> {
  const output = await repository.run(["ls-tree", "-r", "-z", "--full-tree", sha]);
  const entries = new Map<string, TreeEntry>();
  const links = new Map<string, string>();
  const unreadable: UnreadablePath[] = [];
  for (const field of splitFields(output)) {
    const { mode, blob, name } = readEntry(field);
    const path = decodePath(name);
    if (path === null) unreadable.push({ path: decodeText(name), reason: NAME_NOT_UTF8 });
    else if (mode === "120000") links.set(path, blob);
    else entries.set(path, mode === "160000" ? { kind: "submodule" } : { kind: "file", blob });
  }
  const targets = await readTargets([...new Set(links.values())], readBlobs);
  for (const [path, blob] of links) entries.set(path, { kind: "link", target: targets.get(blob) ?? "" });
  return { entries, unreadable };
}

/** `<mode> SP <type> SP <object> TAB <name>` */
function readEntry(field: string): { mode: string; blob: string; name: string } {
  const tab = field.indexOf("\t");
  const [mode = "", , blob = ""] = field.slice(0, tab).split(" ");
  return { mode, blob, name: field.slice(tab + 1) };
}

async function readTargets(blobs: readonly string[], readBlobs: ReadBlobs): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  for await (const { blob, content } of readBlobs(blobs)) {
    const target = content.length > 4096 ? null : decodePath(content.toString("latin1"));
    targets.set(blob, target ?? "");
  }
  return targets;
}
