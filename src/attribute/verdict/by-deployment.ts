import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { Actor, Attribution } from "../../model/verdict.ts";
import { sameFieldState } from "../history/field-state.ts";
import { commitAt } from "../history/index-graph.ts";
import type { FieldStep } from "../history/walk-field.ts";
import { secondsOf } from "../seconds-of.ts";
import { actorOfWrite, isDeployment, nameOfWriter } from "./actors.ts";
import {
  commitList,
  inSeconds,
  outOfBand,
  pending,
  shasOf,
  shortSha,
  unmerged,
  valueCommit,
  WENT_BACK,
} from "./attributions.ts";
import { deployedFromEither } from "./either-ref.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { chooseUnmergedWriter } from "./unmerged-writer.ts";
import { deploymentTrace } from "./unseen-deployment.ts";

/** The pipeline wrote what Git once held, what another ref holds, or what no Git holds. */
export function byDeployment(evidence: FieldEvidence, write: ClusterWrite): Attribution {
  const { git, index, live, policy } = evidence;
  const actor = actorOfWrite(write, policy);
  const notAfter = isLastDeployment(evidence, write) ? secondsOf(write.at) : null;
  const holder = git.latestHolder(live, notAfter) ?? beforeAll(evidence);
  if (holder !== null && holder.since.steps.length > 0 && !isFromOtherRef(evidence, write)) {
    const followed = lastFollowed(evidence, write, holder.since.steps);
    const isPrune = evidence.isBesideDeployment?.(write) === true;
    if (followed !== null && live.kind === "no-object" && !isPrune) return byPipelineAlone(write, actor);
    const either = deployedFromEither(evidence, write);
    if (either !== null) return either;
    const commits = shasOf(index, holder.since.steps);
    const did = `${nameOfWriter(write)} ${followed === null ? didOnce(evidence) : wentBack(evidence, holder.commit)} at ${inSeconds(write.at)}`;
    return pending({
      evidence: "proven",
      reason:
        followed === null
          ? `${did}; ${movedOn(commits)}.`
          : `${did}, though ${broughtBy(evidence, followed)}; so ${commitList(commits)} ${commits.length === 1 ? "is" : "are"} pending again.`,
      commits,
      actor,
    });
  }
  if (git.isTruncated)
    return historyTooShort(`${nameOfWriter(write)} deployed this value at ${inSeconds(write.at)}`);
  const writer = chooseUnmergedWriter(evidence, secondsOf(write.at));
  if (writer !== null) {
    return unmerged({
      evidence: "proven",
      reason: `${nameOfWriter(write)} deployed a value that ${writer.text}.`,
      ref: writer.ref,
      commits: writer.commits,
      actor,
    });
  }
  return outOfBand({
    evidence: "proven",
    reason: `${nameOfWriter(write)} wrote this at ${inSeconds(write.at)}, and no commit on any ref here ${
      git.onOtherRefs(live).length > 0 ? "held it by then: those that hold it were made later" : "holds it"
    }.`,
    actor,
  });
}

/**
 * Whether the pipeline has deployed nothing since. Where the log may lack that, it may have deployed the same value
 * from a newer commit, which leaves no trace: then only what has changed it since the newest of them is not there yet.
 */
function isLastDeployment(evidence: FieldEvidence, write: ClusterWrite): boolean {
  const { silence } = evidence;
  const isWhole = silence === undefined || silence.kind === "counts";
  return isWhole && deploymentTrace(evidence, write.at) === null;
}

/**
 * Whether the manifest came from another ref, though the audited one held the value too once: its branch has it from
 * there, or has made it anew. What the audited ref has taken in since then is its own.
 */
function isFromOtherRef(evidence: FieldEvidence, write: ClusterWrite): boolean {
  const { git, index, live } = evidence;
  if (git.onOtherRefs(live).length === 0) return false;
  const { isMerged = false, unmerged: source = null } = evidence.commitsOf?.(write) ?? {};
  if (isMerged || source === null || chooseUnmergedWriter(evidence, secondsOf(write.at)) === null)
    return false;
  const newest = git.latestHolder(live, null)?.commit;
  return newest === undefined || index.ancestorsOf(source)(newest);
}

function didOnce({ live }: FieldEvidence): string {
  return live.kind === "no-object" ? "deleted it" : "deployed the older value";
}

function wentBack(evidence: FieldEvidence, holder: number | null): string {
  if (evidence.live.kind === "no-object") return "deleted this Ingress while it deployed others";
  const older = holder === null ? null : valueCommit(evidence, holder);
  return `${WENT_BACK} ${older === null ? "an older value" : `the value of commit ${shortSha(older)}`}`;
}

function movedOn(commits: readonly string[]): string {
  return `${commitList(commits)} moved Git on and ${commits.length > 1 ? "have" : "has"} not reached the cluster`;
}

interface Followed {
  readonly step: FieldStep;
  readonly at: string;
}

function broughtBy({ index }: FieldEvidence, { at, step }: Followed): string {
  return `that of commit ${shortSha(commitAt(index, step.commit).sha)} had reached the cluster at ${inSeconds(at)}`;
}

/** Which of the later states the pipeline had brought to the cluster already, before it took it back; null: none. */
function lastFollowed(
  { declarations, index, policy, writes }: FieldEvidence,
  write: ClusterWrite,
  steps: readonly FieldStep[],
): Followed | null {
  const earlier = [
    ...declarations.map((each) => ({ at: each.write.at, state: each.state })),
    ...(writes?.transitions ?? [])
      .filter((each) => isDeployment(each.write, policy))
      .map((each) => ({ at: each.write.at, state: each.after })),
  ].filter(({ at }) => at < write.at);
  for (const { at, state } of earlier.toSorted((left, right) => (left.at < right.at ? 1 : -1))) {
    const step = steps.find(
      ({ after, landed }) =>
        state.kind !== "unknown" &&
        sameFieldState(state, after) &&
        secondsOf(at) >= commitAt(index, landed).committedAt,
    );
    if (step !== undefined) return { step, at };
  }
  return null;
}

/**
 * Git has declared the Ingress all the time, and the cluster had it. A pipeline that deployed nothing beside was rather
 * told to delete it than to go back to an older revision.
 */
function byPipelineAlone(write: ClusterWrite, actor: Actor): Attribution {
  return outOfBand({
    evidence: "proven",
    reason: `${nameOfWriter(write)} deleted this Ingress at ${inSeconds(write.at)}, although Git declared it and the cluster had followed.`,
    actor,
  });
}

/** An Ingress that Git did not have in the beginning: what came before every commit that changed its presence. */
function beforeAll({ git, live }: FieldEvidence) {
  return live.kind === "no-object" ? { commit: null, since: git.since(null) } : null;
}

function historyTooShort(what: string): Attribution {
  return outOfBand({
    evidence: "none",
    reason: `${what}, but unknown from which commit, because the clone is shallow: run git fetch --unshallow, or give --deepen.`,
  });
}
