import { execFile } from "node:child_process";
import { isolatedGitEnvironment, runGit } from "../../repository/run-git.ts";
import type { PullFile, Repository } from "./repository.ts";

export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
}

const NUL = "%x00";
const FORMAT = ["%H", "%T", "%P", "%an", "%ae", "%aI", "%cn", "%ce", "%cI", "%B"].join(NUL);

/** A commit by any name that Git resolves; null where the repository has none. */
export async function findCommit(repository: Repository, ref: string): Promise<Commit | null> {
  if (repository.commits.size === 0) await remember(repository);
  // A commit never changes, so one that is known by its full name needs no Git.
  const known = repository.commits.get(ref);
  if (known !== undefined) return known;
  return (await logOf(repository, ["--max-count=1", ref]))[0] ?? null;
}

async function remember(repository: Repository): Promise<void> {
  for (const commit of await logOf(repository, ["--all"])) repository.commits.set(commit.sha, commit);
}

/** Whether a commit is another one or among its ancestors, as far as they were read. */
export function holds(repository: Repository, tip: string, sha: string): boolean {
  const waiting = [tip];
  const seen = new Set(waiting);
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    if (current === sha) return true;
    for (const parent of repository.commits.get(current)?.parents ?? []) {
      if (!seen.has(parent)) waiting.push(parent);
      seen.add(parent);
    }
  }
  return false;
}

/** The commits of a range such as `base..head`, oldest first. */
export function commitsIn(repository: Repository, range: string): Promise<readonly Commit[]> {
  return logOf(repository, ["--reverse", "--max-count=250", range]);
}

export async function mergeBase(repository: Repository, base: string, head: string): Promise<string | null> {
  return git(repository, ["merge-base", base, head]);
}

/** A file's bytes and blob at a ref; null where there is none. */
export async function fileAt(repository: Repository, ref: string, path: string) {
  const sha = await git(repository, ["rev-parse", "--verify", "--quiet", `${ref}:${path}`]);
  const content = sha === null ? null : await blob(repository, sha);
  return content === null || sha === null ? null : { content, sha };
}

export async function filesBetween(repository: Repository, base: string, head: string): Promise<PullFile[]> {
  const range = ["--no-renames", base, head];
  const states = await git(repository, ["diff", "--name-status", "-z", ...range]);
  const counts = await git(repository, ["diff", "--numstat", "-z", ...range]);
  const lines = (counts ?? "").split("\0").filter((line) => line !== "");
  const letters = (states ?? "").split("\0").filter((_, index) => index % 2 === 0);
  return lines.map((line, index) => {
    const [additions = "0", deletions = "0", filename = ""] = line.split("\t");
    const status = { A: "added", D: "removed" }[letters[index] ?? ""] as "added" | "removed" | undefined;
    return {
      filename,
      status: status ?? "modified",
      additions: Number(additions) || 0,
      deletions: Number(deletions) || 0,
    };
  });
}

async function logOf(repository: Repository, args: readonly string[]): Promise<Commit[]> {
  const text = await git(repository, [
    "log",
    "-z",
    `--format=${FORMAT}`,
    "--no-show-signature",
    ...args,
    "--",
  ]);
  const fields = (text ?? "").split("\0");
  return Array.from({ length: Math.floor(fields.length / 10) }, (_, index) =>
    toCommit(fields.slice(index * 10, index * 10 + 10)),
  );
}

function toCommit(fields: readonly string[]): Commit {
  const [sha = "", tree = "", parents = "", an = "", ae = "", ad = "", cn = "", ce = "", cd = "", body = ""] =
    fields;
  return {
    sha,
    tree,
    parents: parents.split(" ").filter((parent) => parent !== ""),
    message: body.trimEnd(),
    author: { name: an, email: ae, date: utc(ad) },
    committer: { name: cn, email: ce, date: utc(cd) },
  };
}

function utc(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19)}Z`;
}

async function git(repository: Repository, args: readonly string[]): Promise<string | null> {
  if (repository.gitDir === null) return null;
  return runGit(repository.gitDir, args).then(
    (text) => text.trim(),
    () => null,
  );
}

function blob(repository: Repository, sha: string): Promise<Buffer | null> {
  const options = {
    cwd: repository.gitDir ?? ".",
    env: isolatedGitEnvironment(),
    encoding: "buffer",
  } as const;
  return new Promise((resolve) => {
    execFile("git", ["cat-file", "blob", sha], options, (error, content) => resolve(error ? null : content));
  });
}
