import type { Attribution } from "../../model/verdict.ts";
import { sameFieldState } from "../history/field-state.ts";
import { commitAt } from "../history/index-graph.ts";
import type { FieldWalk } from "../history/walk-field.ts";
import { actorFromManagers } from "./actor-from-managers.ts";
import { commitList, outOfBand, pending, shasOf, shortSha, unmerged, valueCommit } from "./attributions.ts";
import { whyNotShown } from "./cluster-signs.ts";
import type { FieldEvidence } from "./field-evidence.ts";

/** Row 2. What the cluster last applied is known: the live value is that revision's, or somebody changed it since. */
export function byAppliedRevision(evidence: FieldEvidence): Attribution | null {
  const { appliedCommit, git, index, live } = evidence;
  if (appliedCommit === null) return null;
  const applied = git.valueAt(appliedCommit);
  if (applied.kind === "unreadable") return null;
  const revision = shortSha(commitAt(index, appliedCommit).sha);
  if (!sameFieldState(applied, live)) return changedSince(evidence, revision);

  return isOnAuditedRef(evidence, appliedCommit)
    ? notApplied(evidence, revision, git.since(appliedCommit))
    : fromElsewhere(evidence, appliedCommit, revision);
}

function isOnAuditedRef({ index }: FieldEvidence, commit: number): boolean {
  return index.ancestorsOf(index.graph.head)(commit);
}

function notApplied({ index }: FieldEvidence, revision: string, since: FieldWalk): Attribution {
  const commits = shasOf(index, since.steps);
  if (commits.length > 0) {
    return pending({
      evidence: "indicated",
      reason: `The cluster runs revision ${revision}; ${commitList(commits)} changed this since and ${commits.length === 1 ? "has" : "have"} not been applied.`,
      commits,
    });
  }
  const why = since.isTruncated
    ? "the clone is shallow: run git fetch --unshallow, or give --deepen"
    : since.steps.length > 0
      ? "versions in between could not be read"
      : "no commit in between shows the change";
  return pending({
    evidence: "none",
    reason: `The cluster runs revision ${revision}, and Git differs from it, but unknown since which commit, because ${why}.`,
  });
}

/**
 * The cluster runs a commit that the audited ref does not have: a branch, or what was force-pushed away. Whoever gave
 * the field its value there is named; a ref that happens to hold the same value has nothing to do with it.
 */
function fromElsewhere(evidence: FieldEvidence, appliedCommit: number, revision: string): Attribution {
  const { git, index, live } = evidence;
  const since = git.since(appliedCommit);
  const writer = git.writerAt(appliedCommit);
  if (writer !== null && isOnAuditedRef(evidence, writer.commit))
    return notApplied(evidence, revision, since);
  const takenOver = git.latestHolder(live, null);
  if (takenOver !== null && !index.ancestorsOf(appliedCommit)(takenOver.commit)) {
    return notApplied(evidence, revision, takenOver.since);
  }
  if (writer === null) return notApplied(evidence, revision, since);
  const { sha } = commitAt(index, writer.commit);
  const ref = refThatHolds(evidence, writer.commit);
  return unmerged({
    evidence: "indicated",
    reason: `The cluster runs revision ${revision}, which is not merged; its value comes from commit ${shortSha(sha)}, which ${ref === null ? "is on no ref here, as after a force push" : `${ref} holds`}.`,
    ref,
    commits: [sha],
    conflict: shasOf(index, since.steps),
  });
}

/** People look for a branch first, then for a pull request. */
function refThatHolds({ index }: FieldEvidence, commit: number): string | null {
  const holding = index.graph.otherRefs.filter((ref) => index.ancestorsOf(ref.commit)(commit));
  const branch = holding.find(({ name }) => !name.startsWith("refs/pull/"));
  return (branch ?? holding[0])?.name ?? null;
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
