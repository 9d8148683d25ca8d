import { fieldTimeline } from "../../attribute/history/field-timeline.ts";
import { commitAt } from "../../attribute/history/index-graph.ts";
import { objectHistory } from "../../attribute/history/object-history.ts";
import type { Divergence } from "../../model/divergence.ts";
import { fieldReader } from "../../model/field-reader.ts";
import type { IngressId } from "../../model/ingress.ts";
import type { AuditRequest } from "../audit-request.ts";
import { readHistory } from "../read-history.ts";
import type { ComparedCommits } from "./choose-commits.ts";
import type { PullRequestFacts, ReviewPorts } from "./pull-request-request.ts";

/** The pull request's commits that changed a field, newest first; empty where history does not show them for certain. */
export type CommitsOfChange = (id: IngressId, change: Divergence) => readonly string[];

export async function commitsOfChanges(
  { selector, namespaceFor, now }: AuditRequest,
  { git, renderer }: ReviewPorts,
  { head, forkedAt }: ComparedCommits,
  { headSha }: PullRequestFacts,
  ids: readonly IngressId[],
): Promise<CommitsOfChange> {
  const { files } = await git.listFiles({ kind: "commit", sha: head }, selector);
  const links = files.flatMap(({ path, linkTarget }) =>
    linkTarget === null ? [] : [{ path, target: linkTarget }],
  );
  const asked = { commit: head, further: [forkedAt], former: [], selector, namespaceFor, links, ids, now };
  const { index, versions } = await readHistory(git, renderer, { ...asked, worktree: null });
  const since = index.indexOfSha(forkedAt);
  return (id, change) => {
    if (since === null) return [];
    const history = objectHistory(index, versions.of(id));
    const { steps } = fieldTimeline(history, fieldReader(change)).since(since);
    const shas = steps.filter(({ isCertain }) => isCertain).map(({ commit }) => commitAt(index, commit).sha);
    // The forge's own merge commit is nobody's change.
    return shas.filter((sha) => sha !== head || head === headSha);
  };
}
