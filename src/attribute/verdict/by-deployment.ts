import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { Actor, Attribution } from "../../model/verdict.ts";
import { sameFieldState } from "../history/field-state.ts";
import { commitAt } from "../history/index-graph.ts";
import type { FieldStep } from "../history/walk-field.ts";
import { actorOfWrite, isDeployment, nameOfWriter } from "./actors.ts";
import { commitList, inSeconds, outOfBand, pending, shasOf, unmerged, wholeSeconds } from "./attributions.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { chooseUnmergedWriter } from "./unmerged-writer.ts";

/** The pipeline wrote what Git once held, what another ref holds, or what no Git holds. */
export function byDeployment(evidence: FieldEvidence, write: ClusterWrite): Attribution {
  const { git, index, live, policy } = evidence;
  const actor = actorOfWrite(write, policy);
  const holder = git.latestHolder(live, wholeSeconds(write.at)) ?? beforeAll(evidence);
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
  const writer = chooseUnmergedWriter(evidence, wholeSeconds(write.at));
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
        wholeSeconds(at) >= commitAt(index, step.landed).committedAt,
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
