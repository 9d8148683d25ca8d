import type { CommitDetails } from "../../model/commit.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import type { AttributedIngress } from "../audit-outcome.ts";
import { shasToDescribe } from "./build-report.ts";

/** What was attributed, and the commits that it names. */
export interface NamedCommits {
  readonly ingresses: readonly AttributedIngress[];
  readonly commits: ReadonlyMap<string, CommitDetails>;
}

/**
 * Describe the commits that an attribution names. On a branch that holds rendered output, a commit is a program's: where
 * it says which commit it was rendered from, that one is named in its place.
 *
 * @param head The audited commit.
 */
export async function namedCommits(
  ingresses: readonly AttributedIngress[],
  git: Pick<GitHistory, "sourceCommits" | "describeCommits">,
  head: string,
): Promise<NamedCommits> {
  const shas = shasToDescribe(ingresses);
  // Few repositories hold rendered output: both are asked for at once.
  const [sources, described] = await Promise.all([git.sourceCommits(shas), git.describeCommits(shas, head)]);
  if (sources.size === 0) return { ingresses, commits: bySha(described) };
  const followed = ingresses.map((ingress) => follow(ingress, sources));
  return {
    ingresses: followed,
    commits: bySha(await git.describeCommits(shasToDescribe(followed), head)),
  };
}

function follow(ingress: AttributedIngress, sources: ReadonlyMap<string, string>): AttributedIngress {
  const sourceOf = (sha: string) => sources.get(sha) ?? sha;
  return {
    ...ingress,
    divergences: ingress.divergences.map(({ divergence, attribution }) => ({
      divergence,
      attribution: {
        ...attribution,
        commits: [...new Set(attribution.commits.map(sourceOf))],
        conflict: [...new Set(attribution.conflict.map(sourceOf))],
        matchesCommit: attribution.matchesCommit === null ? null : sourceOf(attribution.matchesCommit),
      },
    })),
  };
}

function bySha(commits: readonly CommitDetails[]): ReadonlyMap<string, CommitDetails> {
  return new Map(commits.map((commit) => [commit.sha, commit]));
}
