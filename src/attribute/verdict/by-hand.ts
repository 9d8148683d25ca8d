import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { Attribution } from "../../model/verdict.ts";
import { commitAt } from "../history/index-graph.ts";
import type { FieldStep } from "../history/walk-field.ts";
import { secondsOf } from "../seconds-of.ts";
import type { FieldTransition } from "../writes/field-writes.ts";
import { actorOfWrite, isDeployment, nameOfWriter } from "./actors.ts";
import { commitList, inSeconds, outOfBand, shasOf, shortSha, unmerged, valueCommit } from "./attributions.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { chooseUnmergedWriter, isRemoved } from "./unmerged-writer.ts";

/**
 * Somebody other than the pipeline wrote it.
 *
 * @param did What they did, where it is not to all of it: `changed its backend.service.name`.
 */
export function byHand(
  evidence: FieldEvidence,
  transition: FieldTransition,
  did = whatWasDone(evidence, transition),
): Attribution {
  const { git, index, live, policy } = evidence;
  const { write } = transition;
  const actor = actorOfWrite(write, policy);
  const name = nameOfWriter(write);
  const finishedAt = secondsOf(lastWriteAt(evidence, write));
  const holder = git.latestHolder(live, finishedAt);
  const isEarlier = holder !== null && commitAt(index, holder.commit).committedAt <= finishedAt;
  const matching = isEarlier ? holder : null;
  const isCopy = holder === null && !isRemoved(live);
  const writer = isCopy ? chooseUnmergedWriter(evidence, finishedAt) : null;
  if (writer !== null) {
    return unmerged({
      evidence: "proven",
      reason: `${name} wrote at ${inSeconds(write.at)} what ${writer.text}.`,
      ref: writer.ref,
      commits: writer.commits,
      actor,
    });
  }
  const matchesCommit = matching === null ? null : valueCommit(evidence, matching.commit);
  const conflict = shasOf(index, conflictingSteps(evidence, transition));
  return outOfBand({
    evidence: "proven",
    reason: [
      `${name} ${did} in the cluster at ${inSeconds(write.at)}`,
      matchesCommit === null ? "" : `, back to the value of commit ${shortSha(matchesCommit)}`,
      conflict.length === 0 ? "" : `; meanwhile ${commitList(conflict)} changed it in Git`,
      ".",
    ].join(""),
    actor,
    conflict,
    matchesCommit,
  });
}

/** Of an entry, another write than the one that put it there may have made it what it is. */
function lastWriteAt({ writes }: FieldEvidence, { at }: ClusterWrite): string {
  const last = writes?.liveWrite;
  return last !== undefined && "transition" in last && last.transition.write.at > at
    ? last.transition.write.at
    : at;
}

/**
 * Where the log lacks writes, the pipeline may have brought what landed before the hand's, unseen; and where it has a
 * write of the pipeline's without its body, that may have brought what landed before.
 */
function conflictingSteps(evidence: FieldEvidence, transition: FieldTransition): readonly FieldStep[] {
  const { index, policy, silence, writes } = evidence;
  const bare = (writes?.unseen.bare ?? []).filter((write) => isDeployment(write, policy));
  const unknown = silence?.kind === "lacking" ? [...bare, transition.write] : bare;
  const from = Math.max(...unknown.map(({ at }) => secondsOf(at)));
  return stepsBesideHand(evidence, transition).filter(
    ({ landed }) => commitAt(index, landed).committedAt > from,
  );
}

/**
 * What Git changed since the pipeline last spoke of the object, or else since the value that the hand overwrote: those
 * commits are still pending beside the hand's write.
 */
function stepsBesideHand(evidence: FieldEvidence, transition: FieldTransition) {
  const { declarations, git, writes } = evidence;
  const [declared] = declarations;
  const deployed = writes?.transitions.find(
    (each) => isDeployment(each.write, evidence.policy) && each.write.at <= transition.write.at,
  );
  const overwritten = declared?.state ?? deployed?.after ?? transition.before;
  const notAfter = secondsOf((declared ?? deployed ?? transition).write.at);
  const holder =
    overwritten.kind === "unknown" || overwritten.kind === "unreadable"
      ? null
      : git.latestHolder(overwritten, notAfter);
  return holder?.since.steps ?? stepsAfter(evidence, notAfter);
}

/** Whatever was overwritten: what landed after the field's last write has not reached the cluster. */
function stepsAfter({ git, index }: FieldEvidence, seconds: number) {
  return git.since(null).steps.filter((step) => commitAt(index, step.landed).committedAt > seconds);
}

function whatWasDone({ divergence }: FieldEvidence, { after, before, write }: FieldTransition): string {
  if (divergence.field.length === 0) return write.verb === "create" ? "created this" : "deleted this";
  const isGone = after.kind === "value" && after.value === undefined;
  if (write.verb === "create") return `created the Ingress ${isGone ? "without" : "with"} this`;
  if (isGone) return "removed this";
  return before.kind === "value" && before.value === undefined ? "added this" : "changed this";
}
