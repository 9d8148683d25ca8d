import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { FileChange, GitWriter } from "../../ports/git-writer.ts";
import { commitOnNewBranch } from "./commit-on-new-branch.ts";
import { findRepository } from "./find-repository.ts";
import type { RepositoryPlace } from "./git-repository.ts";
import { gitWith, inTemporaryFolder } from "./git-with-index.ts";
import { pushBranch } from "./push-branch.ts";
import { writeTree } from "./write-tree.ts";

/**
 * Open the repository that a folder belongs to for writing. No hook runs, and only a push touches the network.
 *
 * @throws {AuditError} `not-a-repository`, `git-missing`, `git-too-old`, `dubious-ownership`.
 */
export async function openGitWriter(dir: string, signal: AbortSignal): Promise<GitWriter> {
  const place = await findRepository(dir, signal);
  return {
    diff: (base, changes) => inTemporaryFolder((folder) => diff(place, folder, base, changes, signal)),
    commitOnNewBranch: (commit) =>
      inTemporaryFolder((folder) => commitOnNewBranch(place, folder, commit, signal)),
    push: (branch) => pushBranch(place, branch, signal),
  };
}

/** What is written for the diff lies beside the repository's objects, and is gone afterwards. */
async function diff(
  place: RepositoryPlace,
  folder: string,
  base: string,
  changes: readonly FileChange[],
  signal: AbortSignal,
): Promise<Buffer> {
  const objects = await gitWith(
    place,
    signal,
    {},
  )(["rev-parse", "--path-format=absolute", "--git-path", "objects"]);
  const own = path.join(folder, "objects");
  await mkdir(own);
  const git = gitWith(place, signal, {
    GIT_INDEX_FILE: path.join(folder, "index"),
    GIT_OBJECT_DIRECTORY: own,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: objects.toString("utf8").trimEnd(),
  });
  const before = await writeTree(
    git,
    base,
    changes.map(({ path, before }) => ({ path, content: before })),
  );
  const after = await writeTree(
    git,
    base,
    changes.map(({ path, after }) => ({ path, content: after })),
  );
  return git(["diff-tree", "-p", "-r", ...PLAIN_DIFF, before, after]);
}

const PLAIN_DIFF = [
  "--full-index",
  "--no-renames",
  "--no-ext-diff",
  "--no-textconv",
  "--text",
  "--no-color",
  "--unified=3",
  "--src-prefix=a/",
  "--dst-prefix=b/",
];
