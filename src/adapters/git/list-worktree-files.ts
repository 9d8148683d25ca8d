import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AuditError } from "../../model/audit-error.ts";
import type { FileListing, ListedFile, PathSelector } from "../../ports/git-history.ts";
import type { BlobMemory } from "./blob-memory.ts";
import type { GitRepository } from "./git-repository.ts";
import { readWorktreeEntries } from "./read-worktree-entries.ts";
import { selectFiles } from "./select-files.ts";
import type { UnreadablePath } from "./tree-entry.ts";

/**
 * The files as they lie on disk, and in the index where a sparse checkout leaves them out: tracked ones, untracked ones that are not ignored, and ignored ones that the selector
 * names. Nothing outside the work tree is read, whatever links say.
 *
 * @param contents Gets the content of each file read from disk, by its object id.
 * @throws {AuditError} `no-worktree` in a bare repository.
 */
export async function listWorktreeFiles(
  repository: GitRepository,
  selector: PathSelector,
  contents: BlobMemory,
): Promise<FileListing> {
  const root = repository.workTree;
  if (root === null) throw noWorktree(repository.gitDir);
  const { entries, unreadable } = await readWorktreeEntries(repository, root, selector);
  const selected = selectFiles(entries, selector, unreadable);
  const files: ListedFile[] = [];
  const failed: UnreadablePath[] = [...selected.unreadable];
  const blobs = new Map<string, string>();
  for (const file of selected.files) {
    if (file.blob !== "") {
      files.push(file);
      continue;
    }
    const realPath = file.linkTarget ?? file.path;
    try {
      const blob =
        blobs.get(realPath) ?? (await readContent(join(root, realPath), repository.hash, contents));
      blobs.set(realPath, blob);
      files.push({ ...file, blob });
    } catch (error) {
      failed.push({ path: file.path, reason: `The file cannot be read (${errorCode(error)})` });
    }
  }
  return { files, unreadable: failed, submodules: selected.submodules };
}

async function readContent(path: string, hash: "sha1" | "sha256", contents: BlobMemory): Promise<string> {
  const content = await readFile(path);
  const blob = blobId(content, hash);
  contents.hold(blob, content);
  return blob;
}

/** As `git hash-object --no-filters` names it. */
export function blobId(content: Buffer, hash: "sha1" | "sha256"): string {
  return createHash(hash).update(`blob ${content.length}\0`).update(content).digest("hex");
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}

function noWorktree(gitDir: string): AuditError {
  return new AuditError({
    code: "no-worktree",
    what: "The repository has no work tree: it is bare, or core.worktree names none that is there",
    where: { repository: gitDir },
    mend: "Leave --worktree out, or give the folder of a clone with a work tree.",
  });
}
