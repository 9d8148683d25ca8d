import { openGitHistory } from "../../adapters/git/open-git-history.ts";
import type { Configuration } from "../../model/configuration.ts";
import type { Problem } from "../../model/problem.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import { completeHistory } from "./complete-history.ts";
import { type LoadedConfiguration, loadConfiguration } from "./load-configuration.ts";
import type { SourceOptions } from "./source-options.ts";

/** The repository that holds the configuration, at the audited commit. */
export interface OwnRepository {
  readonly git: GitHistory;
  /** The folder by which it was found. */
  readonly repo: string;
  readonly commit: string;
  /** As people call the commit: the ref that they named, else the branch. */
  readonly ref: string;
  readonly loaded: LoadedConfiguration;
  readonly configuration: Configuration;
  /** What there is to say of a shallow clone. */
  readonly shallow: readonly Problem[];
}

export async function openOwn(
  options: SourceOptions,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: (what: string) => void },
): Promise<OwnRepository> {
  const git = await openGitHistory({ dir: options.repo, signal });
  // First of all, as the refs to resolve may lie in what the clone lacks.
  const shallow = await completeHistory(git, options.deepen ?? "never", progress);
  const commit = await git.resolveCommit(options.ref ?? "HEAD");
  const [loaded, branch] = await Promise.all([
    loadConfiguration(git, options, commit),
    options.ref === undefined ? git.currentBranch() : null,
  ]);
  return {
    git,
    repo: options.repo,
    commit,
    ref: options.ref ?? branch ?? "HEAD",
    loaded,
    configuration: loaded.configuration,
    shallow,
  };
}
