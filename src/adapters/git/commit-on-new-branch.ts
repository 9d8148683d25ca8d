import path from "node:path";
import { AuditError } from "../../model/audit-error.ts";
import type { NewCommit } from "../../ports/git-writer.ts";
import { GitFailure } from "./git-failure.ts";
import type { RepositoryPlace } from "./git-repository.ts";
import { gitWith } from "./git-with-index.ts";
import { type RunGit, writeTree } from "./write-tree.ts";

/** As the user's own git would know who that is. */
const IDENTITY = ["AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL"].map(
  (name) => `GIT_${name}`,
);

/** @param folder For an index of its own. */
export async function commitOnNewBranch(
  place: RepositoryPlace,
  folder: string,
  { branch, base, changes, message }: NewCommit,
  signal: AbortSignal,
): Promise<string> {
  const identity = IDENTITY.flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  );
  const git = gitWith(place, signal, {
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
