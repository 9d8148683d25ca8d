import { fieldTimeline } from "../../attribute/history/field-timeline.ts";
import { commitAt } from "../../attribute/history/index-graph.ts";
import { objectHistory } from "../../attribute/history/object-history.ts";
import type { Divergence } from "../../model/divergence.ts";
import { fieldReader } from "../../model/field-reader.ts";
import type { IngressId } from "../../model/ingress.ts";
import { readHistory } from "../history/read-history.ts";
import type { SourcePlan } from "../rendered/plan-sources.ts";
import type { ComparedCommits } from "./choose-commits.ts";
import type { PullRequestFacts, ReviewPorts } from "./pull-request-request.ts";
import type { TouchedIngress } from "./touched-ingresses.ts";

/** The pull request's commits that changed a field, newest first; empty where history does not show them for certain. */
export type CommitsOfChange = (id: IngressId, change: Divergence) => readonly string[];

/** @param plan What renders what at the head. */
export async function commitsOfChanges(
  { request, rendered }: SourcePlan,
  { git, renderer }: ReviewPorts,
  { head, forkedAt }: ComparedCommits,
  { headSha }: PullRequestFacts,
  touched: readonly TouchedIngress[],
): Promise<CommitsOfChange> {
  const { selector, namespaceFor, now, signal } = request;
  const { files } = await git.listFiles({ kind: "commit", sha: head }, selector);
  const links = files.flatMap(({ path, linkTarget }) =>
    linkTarget === null ? [] : [{ path, target: linkTarget }],
  );
  const ids = touched.map(({ id }) => id);
  const asked = { commit: head, further: [forkedAt], former: [], selector, namespaceFor, links, ids, now };
  const { index, versions } = await readHistory(git, renderer, { ...asked, rendered, worktree: false });
  const since = index.indexOfSha(forkedAt);
  const commitsOf: CommitsOfChange = (id, change) => {
    if (since === null) return [];
    const history = objectHistory(index, versions.of(id));
    const { steps } = fieldTimeline(history, fieldReader(change)).since(since);
    const shas = steps.filter(({ isCertain }) => isCertain).map(({ commit }) => commitAt(index, commit).sha);
    // The forge's own merge commit is nobody's change.
    return shas.filter((sha) => sha !== head || head === headSha);
  };
  // What is not rendered yet counts as unreadable: it is asked for, rendered, and asked for again.
  do {
    for (const { id, changes } of touched) for (const { divergence } of changes) commitsOf(id, divergence);
  } while (await rendered?.renderings.renderAsked(signal));
  return commitsOf;
}
