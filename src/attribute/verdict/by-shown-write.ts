import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { Actor, Attribution } from "../../model/verdict.ts";
import { sameFieldState } from "../history/field-state.ts";
import { commitAt } from "../history/index-graph.ts";
import type { FieldStep } from "../history/walk-field.ts";
import { secondsOf } from "../seconds-of.ts";
import type { FieldTransition } from "../writes/field-writes.ts";
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
} from "./attributions.ts";
import type { Declaration } from "./declarations.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { chooseUnmergedWriter, isRemoved } from "./unmerged-writer.ts";

/** Row 1. The audit log shows the write of the live value: the strongest evidence there is. */
export function byShownWrite(evidence: FieldEvidence): Attribution | null {
  const shown = evidence.writes?.liveWrite;
  const declared = declaredSince(evidence);
  if (declared !== null) return byDeployment(evidence, declared.write);
  if (shown?.kind === "admission") return byAdmission(evidence, shown.transition, shown.webhooks);
  if (shown?.kind !== "shown") return null;
  return isDeployment(shown.transition.write, evidence.policy)
    ? byDeployment(evidence, shown.transition.write)
    : byHand(evidence, shown.transition);
}

/**
 * The pipeline's last manifest that declared the live value, where the field has had it since. Whoever was first, the
 * cluster then holds what Git said at that time.
 */
function declaredSince({ declarations, live, writes }: FieldEvidence): Declaration | null {
  const shown = writes?.liveWrite;
  if (shown === undefined) return null;
  const since = shown.kind === "before-log" ? "" : "transition" in shown ? shown.transition.write.at : null;
  if (since === null) return null;
  return declarations.find(({ state, write }) => write.at >= since && sameFieldState(state, live)) ?? null;
}

/** The pipeline wrote what Git once held, what another ref holds, or what no Git holds. */
function byDeployment(evidence: FieldEvidence, write: ClusterWrite): Attribution {
  const { git, index, live, policy } = evidence;
  const actor = actorOfWrite(write, policy);
  const holder = git.latestHolder(live, secondsOf(write.at)) ?? beforeAll(evidence);
  if (holder !== null && holder.since.steps.length > 0) {
    const commits = shasOf(index, holder.since.steps);
    const did = live.kind === "no-object" ? "deleted it" : "deployed the older value";
    const isBack = hadFollowed(evidence, write, holder.since.steps);
    if (isBack && live.kind === "no-object") return byPipelineAlone(write, actor);
    return pending({
      evidence: "proven",
      reason: `${nameOfWriter(write)} ${did} at ${inSeconds(write.at)}; ${commitList(commits)} moved Git on and ${
        isBack ? "had reached the cluster before that" : "has not reached the cluster"
      }.`,
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

/** Whether the pipeline had brought one of the later states to the cluster already, and then took it back. */
function hadFollowed(
  { declarations, index, policy, writes }: FieldEvidence,
  write: ClusterWrite,
  steps: readonly FieldStep[],
): boolean {
  const earlier = [
    ...declarations.map((each) => ({ at: each.write.at, state: each.state })),
    ...(writes?.transitions ?? [])
      .filter((each) => isDeployment(each.write, policy))
      .map((each) => ({ at: each.write.at, state: each.after })),
  ].filter(({ at }) => at < write.at);
  return steps.some((step) =>
    earlier.some(
      ({ at, state }) =>
        state.kind !== "unknown" &&
        sameFieldState(state, step.after) &&
        secondsOf(at) >= commitAt(index, step.landed).committedAt,
    ),
  );
}

/** Git has declared the Ingress all the time, and the cluster had it: no commit made the pipeline delete it. */
function byPipelineAlone(write: ClusterWrite, actor: Actor): Attribution {
  return outOfBand({
    evidence: "proven",
    reason: `${nameOfWriter(write)} deleted this Ingress at ${inSeconds(write.at)}, although Git declared it and the cluster had followed.`,
    actor,
  });
}

/** Somebody other than the pipeline wrote it. */
function byHand(evidence: FieldEvidence, transition: FieldTransition): Attribution {
  const { git, index, live, policy } = evidence;
  const { write } = transition;
  const actor = actorOfWrite(write, policy);
  const name = nameOfWriter(write);
  const holder = git.latestHolder(live, secondsOf(write.at));
  const isEarlier = holder !== null && commitAt(index, holder.commit).committedAt <= secondsOf(write.at);
  const matching = isEarlier ? holder : null;
  const isCopy = holder === null && !isRemoved(live);
  const writer = isCopy ? chooseUnmergedWriter(evidence, secondsOf(write.at)) : null;
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
  const conflict = shasOf(index, stepsBesideHand(evidence, transition));
  return outOfBand({
    evidence: "proven",
    reason: [
      `${name} ${pastTense(write)} this in the cluster at ${inSeconds(write.at)}`,
      matchesCommit === null ? "" : `, back to the value of commit ${shortSha(matchesCommit)}`,
      conflict.length === 0 ? "" : `; meanwhile ${commitList(conflict)} changed it in Git`,
      ".",
    ].join(""),
    actor,
    conflict,
    matchesCommit,
  });
}

/** The request did not ask for it, its response had it: something in between wrote, and the requester is not named. */
function byAdmission(
  evidence: FieldEvidence,
  { write }: FieldTransition,
  webhooks: readonly string[],
): Attribution {
  const by = webhooks.length === 0 ? "An admission plugin" : `The mutating webhook ${webhooks.join(", ")}`;
  return outOfBand({
    evidence: "proven",
    reason: `${by} wrote this at ${inSeconds(write.at)} while a request that did not contain it was admitted.`,
    actor: {
      ...actorOfWrite(write, evidence.policy),
      user: null,
      impersonatedBy: null,
      groups: [],
      source: "controller",
      userAgent: null,
      sourceIP: null,
      fieldManager: webhooks[0] ?? null,
    },
  });
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

function pastTense(write: ClusterWrite): string {
  return write.verb === "delete" ? "deleted" : write.verb === "create" ? "created" : "changed";
}
