import { shortSha } from "../describe-commit.ts";
import { describeCoverage } from "../describe-report.ts";
import { describeTime } from "../describe-time.ts";
import { own, type Phrase, say, value } from "../phrase.ts";
import { always, type Block } from "./block.ts";
import { running } from "./bounded-markdown.ts";
import { clusterPhrase } from "./cluster-phrase.ts";
import type { CommentContext } from "./comment-context.ts";
import { short } from "./short.ts";

/** What was compared, when, by which run. */
export function footer({ review, links, now, runUrl }: CommentContext): Block {
  const { git, pullRequest, tool } = review;
  const commit = (sha: string) => value(shortSha(sha), links.commit(sha));
  const sides = say`${short(pullRequest.baseRef, 60)} at ${commit(git.base)} and ${short(pullRequest.headRef, 60)} at ${commit(pullRequest.headSha)}`;
  const facts = [
    say`Compared ${sides}${observed(review, now)}`,
    ...(git.shallow ? [say`shallow clone: older history is not known`] : []),
    ...(runUrl === null ? [] : [[own("this run", runUrl)]]),
    say`${own(`${tool.name} ${tool.version}`)}`,
  ];
  const text = facts.flatMap((fact, index) => (index === 0 ? fact : [own(" · "), ...fact]));
  return always(`---\n\n<sub>${running(text)}</sub>`);
}

function observed(review: CommentContext["review"], now: Date): Phrase {
  const { cluster } = review;
  if (cluster === null) return [];
  const at =
    cluster.observedAt === null
      ? say`at an unknown time`
      : say`${own(describeTime(cluster.observedAt, now))}`;
  return say` with ${clusterPhrase(review)}, read ${at}; ${describeCoverage({ cluster })}`;
}
