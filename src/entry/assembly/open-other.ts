import { realpath } from "node:fs/promises";
import path from "node:path";
import { openGitHistory } from "../../adapters/git/open-git-history.ts";
import { AuditError } from "../../model/audit-error.ts";
import type { RepositoryConfiguration } from "../../model/configuration.ts";
import type { Problem } from "../../model/problem.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import { completeHistory } from "./complete-history.ts";
import type { SourceOptions } from "./source-options.ts";

export interface OtherOpened {
  readonly git: GitHistory;
  readonly commit: string;
  readonly ref: string;
  readonly shallow: readonly Problem[];
}

export interface OpenOther {
  /** The folder from which the configuration's paths start. */
  readonly root: string;
  /** Brings the clone of a url up to date. */
  readonly fetched: (url: string) => Promise<string>;
  readonly deepen: SourceOptions["deepen"];
  readonly signal: AbortSignal;
  readonly progress: (what: string) => void;
}

/**
 * Open a repository that the configuration names, and find the commit of it that is audited.
 *
 * @throws {AuditError} `repository-not-found`, `ref-not-found`, and those of fetching a url.
 */
export async function openOther(
  repository: RepositoryConfiguration,
  { root, fetched, deepen, signal, progress }: OpenOther,
): Promise<OtherOpened> {
  const { path: folder, url, ref } = repository;
  const git =
    folder === null
      ? await openGitHistory({ dir: await fetched(url ?? ""), signal })
      : await openCheckout(repository, path.resolve(root, folder), signal);
  const shallow = await completeHistory(git, deepen ?? "never", progress);
  const commit = await git.resolveCommit(ref ?? "HEAD");
  return { git, commit, ref: ref ?? (await git.currentBranch()) ?? "HEAD", shallow };
}

/** Git takes a folder without a repository of its own for a part of the one around it. */
async function openCheckout(
  { name, url }: RepositoryConfiguration,
  dir: string,
  signal: AbortSignal,
): Promise<GitHistory> {
  const addresses = url === null ? [] : [url];
  const git = await openGitHistory({ dir, addresses, signal }).catch((error) => {
    if (error instanceof AuditError && error.code === "not-a-repository") throw notThere(name, dir, error);
    throw error;
  });
  if (git.workTree !== null && (await realpath(git.workTree)) !== (await realpath(dir)))
    throw notThere(name, dir);
  return git;
}

function notThere(name: string, dir: string, cause?: unknown): AuditError {
  return new AuditError({
    code: "repository-not-found",
    what: `There is no checkout of repository ${name} at ${dir}`,
    where: { repository: name, folder: dir },
    mend: "Check it out there, or change its path in the configuration.",
    cause,
  });
}
