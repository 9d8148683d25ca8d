import type { Attribution } from "../../model/verdict.ts";
import type { FieldManagerEntry } from "../managed-fields.ts";
import { secondsOf } from "../seconds-of.ts";
import { isDeployment } from "./actors.ts";
import { inSeconds } from "./attributions.ts";
import { isCleared } from "./cluster-signs.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { isGenuineDeployer, mayBePipeline } from "./pipeline.ts";
import { isRemoved } from "./unmerged-writer.ts";

/**
 * Why the pipeline may have deployed a value since somebody wrote it, though the log does not show that: the cluster
 * would then hold what Git says, and who wrote it before is not behind it. A clause; null where it cannot be.
 *
 * Who applies a value that is there becomes an owner of it beside the others, and the server stamps the entry. So where
 * the value has owners of its own and the pipeline is none, it has not; and else each stamp must have its event. Of a
 * value that is gone there are no owners, and an apply that leaves it out changes nothing.
 *
 * @param since When it was written: UTC, ISO 8601.
 * @see docs/decisions/0009-what-a-log-does-not-show.md
 */
export function unseenDeployment(evidence: FieldEvidence, since: string): string | null {
  const { live, managers, silence } = evidence;
  if (!mayBeDeployed(evidence)) return null;
  const trace = isOwnedByOthers(evidence) ? null : deploymentTrace(evidence, lastSureBefore(evidence, since));
  if (trace !== null) return trace;
  const leavesNoTrace = isRemoved(live) || isCleared(evidence) || managers.length === 0;
  const mayHaveLost = leavesNoTrace || hasDeployedSince(evidence, since);
  return mayHaveLost && silence?.kind === "lacking" ? silence.reason : appliedSince(evidence, since);
}

/**
 * Who changes a value takes it from all others, so that a pipeline which owns it by an apply has applied it since. An
 * apply that changes nothing leaves its entry's time as it was, or none in a new one.
 *
 * @see docs/kubernetes-facts.md
 */
function appliedSince(evidence: FieldEvidence, since: string): string | null {
  const logged = evidence.writes?.unseen.applies ?? [];
  const isLogged = ({ manager }: FieldManagerEntry) =>
    logged.some(({ at, fieldManager }) => fieldManager === manager && at >= since);
  const applier = evidence.owners.find(
    ({ entry }) => entry.operation === "Apply" && mayDeploy(evidence, entry) && !isLogged(entry),
  );
  if (applier === undefined) return null;
  return `managedFields shows that ${applier.entry.manager} has applied it since, which the audit log does not show`;
}

/** A later deployment, which the log may have, renews the entry of an earlier one, and may give up what that owned. */
function hasDeployedSince(evidence: FieldEvidence, since: string): boolean {
  const from = secondsOf(since);
  return evidence.managers.some(
    (entry) => mayDeploy(evidence, entry) && entry.at !== null && secondsOf(entry.at) >= from,
  );
}

/** What shows that the pipeline wrote to the Ingress since a time, and that the log does not tell what. */
export function deploymentTrace(evidence: FieldEvidence, since: string): string | null {
  const { policy, writes } = evidence;
  const bare = writes?.unseen.bare.find((write) => write.at >= since && isDeployment(write, policy));
  if (bare !== undefined)
    return `the audit log has ${bare.user}'s write at ${inSeconds(bare.at)} without its body`;
  const from = secondsOf(since);
  const isSince = ({ at }: FieldManagerEntry) => at !== null && secondsOf(at) >= from;
  const stamp = writes?.unseen.stamps.find((entry) => isSince(entry) && mayDeploy(evidence, entry));
  if (stamp === undefined) return null;
  return `managedFields shows a write by ${stamp.manager} at ${stamp.at} that the audit log does not have`;
}

/**
 * Where the log leaves managedFields out, the write may have found the value there and only said it again: then what
 * was deployed since the recorded state before counts too.
 */
function lastSureBefore({ writes }: FieldEvidence, since: string): string {
  const states = writes?.unseen.states ?? [];
  const index = states.findIndex(({ at }) => at === since);
  return states[index]?.recordsManagers === false ? (states[index - 1]?.at ?? since) : since;
}

/** Whose answer it is: when the hand that it names wrote; null where it names none. */
export function wroteAt({ actor, verdict }: Attribution): string | null {
  const isHands = verdict !== "controller" && actor?.user != null && actor.source !== "gitops";
  return isHands ? actor.at : null;
}

/** Whether any commit says what is live; of an entry, whether any has it. */
function mayBeDeployed({ divergence, git, live, writes }: FieldEvidence): boolean {
  if (live.kind === "no-object") return false;
  if (git.isTruncated || git.latestHolder(live, null) !== null || git.onOtherRefs(live).length > 0)
    return true;
  const isEntry = divergence.change === "added" && writes?.entry !== undefined;
  return isEntry && git.since(null).steps.some(({ after }) => !isRemoved(after));
}

function isOwnedByOthers(evidence: FieldEvidence): boolean {
  const { owners } = evidence;
  const isExact = owners.length > 0 && owners.every((owner) => owner.isExact);
  return isExact && !owners.some(({ entry }) => mayDeploy(evidence, entry));
}

function mayDeploy(evidence: FieldEvidence, entry: FieldManagerEntry): boolean {
  if (entry.subresource !== "") return false;
  return isGenuineDeployer(evidence, entry) || mayBePipeline(evidence, entry);
}
