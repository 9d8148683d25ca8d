import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { AuditError } from "../../model/audit-error.ts";
import type { FileChange, GitWriter, NewCommit } from "../../ports/git-writer.ts";
import { findRepository } from "./find-repository.ts";
import { gitEnvironment, OFFLINE } from "./git-environment.ts";
import { GitFailure, withoutCredentials } from "./git-failure.ts";
import { readGit } from "./git-process.ts";
import { gitRepository, type RepositoryPlace } from "./git-repository.ts";
import { type RunGit, writeTree } from "./write-tree.ts";

/**
 * Open the repository that a folder belongs to for writing. No hook runs, and only a push touches the network.
 *
 * @throws {AuditError} `not-a-repository`, `git-missing`, `git-too-old`, `dubious-ownership`.
 */
export async function openGitWriter(dir: string, signal: AbortSignal): Promise<GitWriter> {
  const place = await findRepository(dir, signal);
  return {
    diff: (base, changes) => inTemporaryFolder((folder) => diff(place, folder, base, changes, signal)),
    commitOnNewBranch: (commit) => inTemporaryFolder((folder) => commitNew(place, folder, commit, signal)),
    push: (branch) => push(place, branch, signal),
  };
}

async function inTemporaryFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), "ingress-audit-git-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runner(
  { gitDir }: RepositoryPlace,
  signal: AbortSignal,
  variables: Readonly<Record<string, string>>,
): RunGit {
  const env = { ...gitEnvironment(process.env), ...OFFLINE, ...variables };
  return (args, input) =>
    readGit({
      cwd: gitDir,
      env,
      args: [`--git-dir=${gitDir}`, `--work-tree=${gitDir}`, ...args],
      ...(input === undefined ? {} : { input }),
      signal,
    });
}

/** What is written for the diff lies beside the repository's objects, and is gone afterwards. */
async function diff(
  place: RepositoryPlace,
  folder: string,
  base: string,
  changes: readonly FileChange[],
  signal: AbortSignal,
): Promise<Buffer> {
  const objects = await runner(
    place,
    signal,
    {},
  )(["rev-parse", "--path-format=absolute", "--git-path", "objects"]);
  const own = path.join(folder, "objects");
  await mkdir(own);
  const git = runner(place, signal, {
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
  "--no-color",
  "--unified=3",
  "--src-prefix=a/",
  "--dst-prefix=b/",
];

/** As the user's own git would know who that is. */
const IDENTITY = ["AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL"].map(
  (name) => `GIT_${name}`,
);

async function commitNew(
  place: RepositoryPlace,
  folder: string,
  { branch, base, changes, message }: NewCommit,
  signal: AbortSignal,
): Promise<string> {
  const identity = IDENTITY.flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  );
  const git = runner(place, signal, {
    ...Object.fromEntries(identity),
    GIT_INDEX_FILE: path.join(folder, "index"),
  });
  const ref = await newRef(git, branch);
  const tree = await writeTree(
    git,
    base,
    changes.map(({ path, after }) => ({ path, content: after })),
  );
  const commit = await git(["commit-tree", tree, "-p", base, "-F", "-"], message).catch(rethrowIdentity);
  const sha = commit.toString("utf8").trim();
  const none = "0".repeat(sha.length);
  await git(["update-ref", "-m", "ingress-audit adopt", ref, sha, none]).catch(() => {
    throw exists(branch);
  });
  return sha;
}

async function newRef(git: RunGit, branch: string): Promise<string> {
  const ref = `refs/heads/${branch}`;
  const isName = await git(["check-ref-format", "--branch", branch]).then(
    (name) => name.toString("utf8").trim() === branch,
    () => false,
  );
  if (!isName) {
    throw new AuditError({
      code: "branch-name",
      what: `${JSON.stringify(branch)} is no name for a branch`,
      mend: "Give another one, such as adopt-web.",
    });
  }
  const isThere = await git(["rev-parse", "--verify", "--quiet", ref]).then(
    () => true,
    () => false,
  );
  if (isThere) throw exists(branch);
  return ref;
}

function exists(branch: string): AuditError {
  return new AuditError({
    code: "branch-exists",
    what: `The branch ${branch} is there already, or a branch whose name is a part of it`,
    where: { branch },
    mend: "Give another name with --branch; a branch that is there is never overwritten.",
  });
}

function rethrowIdentity(error: unknown): never {
  if (!(error instanceof GitFailure) || !/tell me who you are|empty ident|auto-detect/i.test(error.message))
    throw error;
  throw new AuditError({
    code: "git-identity-missing",
    what: "Git does not know who you are, and a commit has an author",
    mend: "Set user.name and user.email with git config.",
    cause: error,
  });
}

async function push(place: RepositoryPlace, branch: string, signal: AbortSignal): Promise<void> {
  const ref = `refs/heads/${branch}`;
  try {
    // The lease of nothing: a branch of that name must not be there.
    await gitRepository(place, signal).online.raw([
      "push",
      "--porcelain",
      `--force-with-lease=${ref}:`,
      "origin",
      `${ref}:${ref}`,
    ]);
  } catch (error) {
    signal.throwIfAborted();
    const why = withoutCredentials(error instanceof Error ? error.message : String(error)).trim();
    throw new AuditError({
      code: "push-failed",
      what: `The branch ${branch} is committed and cannot be pushed to origin: ${why.slice(-800)}`,
      where: { branch },
      mend: `Push it yourself (git push origin ${branch}) and open the pull request, or delete it (git branch -D ${branch}).`,
      cause: new Error(why),
    });
  }
}
