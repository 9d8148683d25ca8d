import { isJsonObject } from "../../model/json.ts";
import type { Attribution } from "../../model/verdict.ts";
import { landedBy } from "../history/landing.ts";
import { secondsOf } from "../seconds-of.ts";
import { commitList, outOfBand, pending, shortSha, valueCommit } from "./attributions.ts";
import { isCleared, pendingBeside, whyNotShown } from "./cluster-signs.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { type GitPast, historyUnclear } from "./git-past.ts";
import { deployerThatOwns, mayBePipeline, ownedByHand } from "./pipeline.ts";

/**
 * Git has removed an Ingress that the cluster has. A deployer that wrote its spec has not pruned it; one that was
 * created after Git had removed it was created outside Git.
 */
export function byExtraObject(evidence: FieldEvidence, past: GitPast): Attribution {
  const { commits, leftAt } = past;
  const isDeployed = isJsonObject(deployerThatOwns(evidence)?.entry.fields["f:spec"]);
  const created = secondsOf(evidence.createdAt);
  if (!isDeployed && created !== null && created >= leftAt) return createdSince(evidence, past, created);
  if (commits.length === 0) return historyUnclear(evidence, past);
  const hand = isDeployed ? null : ownedByHand(evidence);
  if (hand !== null) return undecided(evidence, past, hand.entry.manager);
  if (isCleared(evidence)) return undecided(evidence, past, null);
  return pending({
    evidence: evidence.managers.length > 0 ? "indicated" : "inferred",
    reason: `The cluster still has the Ingress from before ${commitList(commits)}${
      evidence.managers.length > 0 ? ", and managedFields does not show that anybody has made it anew" : ""
    }${whyNotShown(evidence)}.`,
    commits,
  });
}

/** The removal was made before the Ingress was created. It may have been pushed later, and a pipeline have created it. */
function createdSince(evidence: FieldEvidence, past: GitPast, created: number): Attribution {
  const { index } = evidence;
  const hand = ownedByHand(evidence);
  const isHands = hand !== null && !mayBePipeline(evidence, hand.entry);
  const hadLanded = past.departures.some((step) => landedBy(index, step, created) === "shown");
  if (isHands || hadLanded) return createdAgain(evidence, past, created);
  return pending({
    evidence: "none",
    reason: `Git removed this Ingress with ${commitList(past.commits)}, and it was created at ${evidence.createdAt}, after that was committed and perhaps before it was pushed; unknown whether the pipeline created it, because nothing here shows it: give --audit-log or --applied-revision${whyNotShown(evidence)}.`,
  });
}

function createdAgain(evidence: FieldEvidence, { holder }: GitPast, created: number): Attribution {
  const matchesCommit = valueCommit(evidence, holder.commit);
  const held = matchesCommit === null ? "once held it" : `held it with commit ${shortSha(matchesCommit)}`;
  return outOfBand({
    evidence: "indicated",
    reason: `Git ${held}, but it was created at ${evidence.createdAt}, after Git had removed it, so it was created outside Git${whyNotShown(evidence)}.`,
    conflict: pendingBeside(evidence, created),
    matchesCommit,
  });
}

/** Whoever created it, from Git's manifest or not: Git's removal may be the cause, or have nothing to do with it. */
function undecided(evidence: FieldEvidence, { commits }: GitPast, manager: string | null): Attribution {
  const wrote =
    manager === null
      ? "somebody has cleared its managedFields"
      : `only programs such as ${manager} have written to it`;
  return pending({
    evidence: "none",
    reason: `Git removed this Ingress with ${commitList(commits)}, but ${wrote}, and unknown whether they took it from Git, because managedFields does not say: give --audit-log or --applied-revision${whyNotShown(evidence)}.`,
  });
}
