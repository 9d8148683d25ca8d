import type { Attribution } from "../../model/verdict.ts";
import { sameFieldState } from "../history/field-state.ts";
import { commitAt } from "../history/index-graph.ts";
import { commitList, outOfBand, pending, shasOf, shortSha, unmerged, valueCommit } from "./attributions.ts";
import { actorFromManagers, whyNotShown } from "./cluster-signs.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { chooseUnmergedWriter } from "./unmerged-writer.ts";

/** Row 2. What the cluster last applied is known: the live value is that revision's, or somebody changed it since. */
export function byAppliedRevision(evidence: FieldEvidence): Attribution | null {
  const { appliedCommit, git, index, live } = evidence;
  if (appliedCommit === null) return null;
  const applied = git.valueAt(appliedCommit);
  if (applied.kind === "unreadable") return null;
  const revision = shortSha(commitAt(index, appliedCommit).sha);
  const since = git.since(appliedCommit);
  if (!sameFieldState(applied, live)) return changedSince(evidence, revision);

  const writer = since.steps.length === 0 ? chooseUnmergedWriter(evidence, null) : null;
  if (writer !== null) {
    return unmerged({
      evidence: "indicated",
      reason: `The cluster runs revision ${revision}, whose value ${writer.text}.`,
      ref: writer.ref,
      commits: writer.commits,
    });
  }
  const commits = shasOf(index, since.steps);
  const isNamed = commits.length > 0;
  return pending({
    evidence: isNamed ? "indicated" : "none",
    reason: isNamed
      ? `The cluster runs revision ${revision}; ${commitList(commits)} changed this since and has not been applied.`
      : `The cluster runs revision ${revision}, and Git differs from it, but unknown since which commit, because ${since.isTruncated ? "the clone is shallow: run git fetch --unshallow, or give --deepen" : "versions in between could not be read"}.`,
    commits,
  });
}

function changedSince(evidence: FieldEvidence, revision: string): Attribution {
  const { appliedCommit, git, index, live } = evidence;
  const conflict = shasOf(index, git.since(appliedCommit).steps);
  const matching = git.latestHolder(live, null);
  const matchesCommit = matching === null ? null : valueCommit(evidence, matching.commit);
  const actor = actorFromManagers(evidence);
  return outOfBand({
    evidence: "indicated",
    reason: [
      `The cluster runs revision ${revision}, which says otherwise, so something other than Git wrote this`,
      matchesCommit === null ? "" : ` (the value of commit ${shortSha(matchesCommit)})`,
      actor.text,
      whyNotShown(evidence),
      ".",
    ].join(""),
    actor: actor.actor,
    conflict,
    matchesCommit,
  });
}
