import { type Phrase, say } from "../phrase.ts";
import type { PullRequestReview } from "./pull-request-review.ts";
import { short } from "./short.ts";

/** `prod-eu`, or the cluster where it has no name. */
export function clusterPhrase({ cluster, clusterName }: PullRequestReview): Phrase {
  const name = cluster?.name ?? clusterName;
  return name === null ? say`the cluster` : say`${short(name, 60)}`;
}
