import type { GitHistory } from "../../ports/git-history.ts";
import type { AttributedIngress } from "../audit-outcome.ts";
import { shasToDescribe } from "../build-report.ts";

/**
 * On a branch that holds rendered output, a commit is a program's. Where it says which commit it was rendered from, that
 * one is named in its place.
 */
export async function followSourceCommits(
  ingresses: readonly AttributedIngress[],
  git: GitHistory,
): Promise<readonly AttributedIngress[]> {
  const sources = await git.sourceCommits(shasToDescribe(ingresses));
  if (sources.size === 0) return ingresses;
  const follow = (sha: string) => sources.get(sha) ?? sha;
  return ingresses.map((ingress) => ({
    ...ingress,
    divergences: ingress.divergences.map(({ divergence, attribution }) => ({
      divergence,
      attribution: {
        ...attribution,
        commits: [...new Set(attribution.commits.map(follow))],
        conflict: [...new Set(attribution.conflict.map(follow))],
        matchesCommit: attribution.matchesCommit === null ? null : follow(attribution.matchesCommit),
      },
    })),
  }));
}
