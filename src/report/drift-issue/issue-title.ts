import { elide } from "../elide.ts";
import { revealInvisible } from "../reveal-invisible.ts";
import { WHOLE_CLUSTER } from "./issue-state.ts";

/** GitHub takes 256. */
const MAX_LENGTH = 250;

/**
 * The title of a new issue. It says nothing that could change, so that it never has to be written again, and people may
 * change it as they like.
 */
export function issueTitle(subject: string, cluster: string | null): string {
  const where = cluster === null ? "the cluster" : elide(cluster, 80);
  const title =
    subject === WHOLE_CLUSTER
      ? `Ingresses differ between Git and ${where}`
      : `Ingress ${elide(subject, 140)} differs between Git and ${where}`;
  return elide(revealInvisible(title), MAX_LENGTH);
}
