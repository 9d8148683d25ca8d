import type { Attribution } from "../../model/verdict.ts";
import type { FieldOwner } from "../managed-fields.ts";
import { secondsOf } from "../seconds-of.ts";
import { actorOfOwner } from "./actors.ts";
import { commitList, outOfBand, pending, shortSha, valueCommit } from "./attributions.ts";
import { byLaterWrite } from "./by-later-write.ts";
import { pendingBeside, whyNotShown } from "./cluster-signs.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { type GitPast, historyUnclear } from "./git-past.ts";
import { deployerThatOwns, mayBePipeline, ownedByHand, pipelineThatOwns } from "./pipeline.ts";

/**
 * A field has an older value of Git's. Who owns it in managedFields says most: a deployer that owns it has not followed,
 * a hand that owns it put it there. Else it counts who has written to the object since Git moved on.
 */
export function byOlderValue(evidence: FieldEvidence, past: GitPast): Attribution {
  const deployer = deployerThatOwns(evidence);
  const hand = ownedByHand(evidence);
  if (hand?.isExact && !mayBePipeline(evidence, hand.entry)) return setByHand(evidence, past, hand);
  if (past.commits.length === 0) return historyUnclear(evidence, past);
  if (deployer !== null) return deployedBefore(evidence, past, deployer);
  if (hand?.isExact) return byUnknownDeployer(evidence, past, hand);
  const applied = pipelineThatOwns(evidence);
  if (applied !== null) return byApplyTool(evidence, past, applied);
  return byLaterWrite(evidence, past, hand);
}

/** Git holds the value, but a program that is not the pipeline wrote it: somebody put it back, or copied it. */
function setByHand(evidence: FieldEvidence, { holder }: GitPast, hand: FieldOwner): Attribution {
  const actor = actorOfOwner(hand, evidence.policy);
  const matchesCommit = valueCommit(evidence, holder.commit);
  return outOfBand({
    evidence: "indicated",
    reason: `${matchesCommit === null ? "Git once held the value" : `The value is that of commit ${shortSha(matchesCommit)}`}, but by managedFields the program ${hand.entry.manager} wrote it${timeOf(hand)} and not the pipeline${whyNotShown(evidence)}.`,
    actor,
    conflict: pendingBeside(evidence, secondsOf(actor.at)),
    matchesCommit,
  });
}

/** What a deployer owns is what it last declared, whenever that was. */
function deployedBefore(evidence: FieldEvidence, { commits }: GitPast, deployer: FieldOwner): Attribution {
  return pending({
    evidence: "indicated",
    reason: `The cluster still has the value from before ${commitList(commits)}, and by managedFields the pipeline (${deployer.entry.manager}) wrote it${timeOf(deployer)} and nobody since${whyNotShown(evidence)}.`,
    commits,
  });
}

/** People apply manifests as pipelines do: an older one, when Git may have moved on, may be either's. */
function byApplyTool(evidence: FieldEvidence, { commits, leftAt }: GitPast, tool: FieldOwner): Attribution {
  const isOlder = tool.entry.at !== null && secondsOf(tool.entry.at) < leftAt;
  if (isOlder) {
    return pending({
      evidence: "indicated",
      reason: `The cluster still has the value from before ${commitList(commits)}, and managedFields shows no write to it since${whyNotShown(evidence)}.`,
      commits,
    });
  }
  return pending({
    evidence: "none",
    reason: `Git moved off this value with ${commitList(commits)}, and by managedFields ${tool.entry.manager} applied it${timeOf(tool)}; unknown whether a pipeline did that from an older commit or a person with an older manifest: give --audit-log or --applied-revision${whyNotShown(evidence)}.`,
  });
}

/** Nobody has said that the program is the pipeline, and it may well be. */
function byUnknownDeployer(evidence: FieldEvidence, { commits }: GitPast, hand: FieldOwner): Attribution {
  return pending({
    evidence: "none",
    reason: `Git moved off this value with ${commitList(commits)}, and by managedFields the program ${hand.entry.manager} wrote it${timeOf(hand)}; unknown whether that is the pipeline: if so, list it under deployers in .ingress-audit.yaml${whyNotShown(evidence)}.`,
    actor: actorOfOwner(hand, evidence.policy),
  });
}

function timeOf({ entry }: FieldOwner): string {
  return entry.at === null ? "" : ` at ${entry.at}`;
}
