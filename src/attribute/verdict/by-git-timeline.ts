import type { Attribution } from "../../model/verdict.ts";
import { commitAt } from "../history/index-graph.ts";
import type { FieldStep, FieldWalk } from "../history/walk-field.ts";
import type { FieldOwner } from "../managed-fields.ts";
import type { FieldWrites } from "../writes/field-writes.ts";
import { actorOfOwner } from "./actors.ts";
import { commitList, inSeconds, outOfBand, pending, shasOf, shortSha, valueCommit } from "./attributions.ts";
import {
  appliedLater,
  handWroteLater,
  type LaterWrite,
  logCovers,
  ownedByHand,
  pipelineWroteAt,
  secondsOf,
  whyNotShown,
  writtenNotAfter,
} from "./cluster-signs.ts";
import type { FieldEvidence } from "./field-evidence.ts";

/**
 * Row 3. The live value occurs in the audited ref's history. Either the cluster has not followed since, or somebody
 * took the value back after it had: that is so where the object was written after the commit that moved Git off the
 * value had landed.
 */
export function byGitTimeline(evidence: FieldEvidence): Attribution | null {
  const { git, index, live } = evidence;
  const notAfter = writtenNotAfter(evidence);
  const holder = git.latestHolder(live, notAfter);
  const isTooLate =
    holder !== null && notAfter !== null && commitAt(index, holder.commit).committedAt > notAfter;
  if (isTooLate) return git.isTruncated ? historyTooShort() : null;
  const walk = holder?.since ?? (live.kind === "no-object" ? git.since(null) : null);
  const named = namedSteps(evidence, walk);
  if (walk === null) return git.isTruncated ? historyTooShort() : null;
  const departure = walk.steps.at(-1);
  if (departure === undefined) return walk.isTruncated || git.isTruncated ? historyTooShort() : null;

  const departedAt = commitAt(index, departure.landed).committedAt;
  if (live.kind === "no-object") return byMissingObject(evidence, walk, departedAt);
  const later = laterWrite(evidence, departedAt);
  if (later !== null && holder !== null) return takenBack(evidence, named, holder.commit, later);
  const hand = ownedByHand(evidence);
  const isWholeObject = evidence.divergence.field.length === 0;
  if (hand?.isExact && holder !== null && !isWholeObject) return setByHand(evidence, holder.commit, hand);
  const commits = shasOf(index, named);
  if (commits.length === 0) return betweenUnreadableVersions(walk, index);
  if (hand !== null) return undecided(evidence, commits, hand);
  return pending({
    evidence: evidence.managers.length > 0 ? "indicated" : "inferred",
    reason: `The cluster still has the value from before ${commitList(commits)}${
      evidence.managers.length > 0 ? ", and managedFields shows no write to it since" : ""
    }${whyNotShown(evidence)}.`,
    commits,
  });
}

/**
 * Where the value flapped, an apply that changes nothing leaves no time in managedFields: nobody before the last commit
 * that held the value is named.
 */
function namedSteps({ git, live }: FieldEvidence, walk: FieldWalk | null): readonly FieldStep[] {
  return git.latestHolder(live, null)?.since.steps ?? walk?.steps ?? [];
}

function laterWrite(evidence: FieldEvidence, departedAt: number): LaterWrite | null {
  if (evidence.divergence.field.length > 0) {
    return handWroteLater(evidence, departedAt) ?? appliedLater(evidence, departedAt);
  }
  const created = secondsOf(evidence.createdAt);
  return created !== null && created >= departedAt
    ? { at: created, actor: null, text: `it was created at ${evidence.createdAt}` }
    : null;
}

/** Git holds the value, but the cluster had followed Git already: a rollback by hand. */
function takenBack(
  evidence: FieldEvidence,
  named: readonly FieldStep[],
  holder: number,
  later: LaterWrite,
): Attribution {
  const { index } = evidence;
  const matchesCommit = valueCommit(evidence, holder);
  const value =
    matchesCommit === null ? "older than every change of it" : `that of commit ${shortSha(matchesCommit)}`;
  const since = Math.max(later.at, pipelineWroteAt(evidence) ?? 0);
  const unapplied = named.filter((step) => commitAt(index, step.landed).committedAt > since);
  return outOfBand({
    evidence: "indicated",
    reason: `The value is ${value}, but ${later.text}, after Git had moved on, so it was put back outside Git${whyNotShown(evidence)}.`,
    actor: later.actor,
    conflict: shasOf(index, unapplied),
    matchesCommit,
  });
}

/** Git holds the value, but a program that is not the pipeline wrote it: somebody copied it. */
function setByHand(evidence: FieldEvidence, holder: number, hand: FieldOwner): Attribution {
  const { git, index, policy } = evidence;
  const actor = actorOfOwner(hand, policy);
  const matchesCommit = valueCommit(evidence, holder);
  const since = Math.max(secondsOf(actor.at) ?? 0, pipelineWroteAt(evidence) ?? 0);
  return outOfBand({
    evidence: "indicated",
    reason: `${matchesCommit === null ? "Git once held the value" : `The value is that of commit ${shortSha(matchesCommit)}`}, but by managedFields the program ${hand.entry.manager} wrote it${actor.at === null ? "" : ` at ${actor.at}`} and not the pipeline${whyNotShown(evidence)}.`,
    actor,
    conflict: shasOf(index, git.landedAfter(since)),
    matchesCommit,
  });
}

/** The last to write was no pipeline: this part may be as the pipeline left it, or as a hand made it. */
function undecided(evidence: FieldEvidence, commits: readonly string[], hand: FieldOwner): Attribution {
  const wrote =
    evidence.owners.length > 0 && evidence.divergence.field.length > 0
      ? `the program ${hand.entry.manager} wrote the whole list since the pipeline did, and unknown whether it wrote this entry`
      : `only programs such as ${hand.entry.manager} have written to this Ingress, and unknown whether they took it from Git`;
  return pending({
    evidence: "none",
    reason: `Git moved off this value with ${commitList(commits)}, but ${wrote}, because managedFields does not say: give --audit-log or --applied-revision${whyNotShown(evidence)}.`,
  });
}

/**
 * A deleted object leaves no trace of who deleted it or that it ever was. Git alone cannot tell "not yet applied" from
 * "deleted by hand", so the commit's author is named only where the cluster was read before the commit, or a log that
 * reaches back to it shows no delete.
 */
function byMissingObject(evidence: FieldEvidence, walk: FieldWalk, departedAt: number): Attribution {
  const commits = shasOf(evidence.index, walk.steps);
  const added = commitList(commits);
  const observed = secondsOf(evidence.observedAt);
  const isTooNew = observed !== null && observed < departedAt;
  if (isTooNew || logCovers(evidence, departedAt)) {
    return pending({
      evidence: isTooNew ? "inferred" : "indicated",
      reason: isTooNew
        ? `The cluster was read at ${evidence.observedAt}, before ${added} declared this Ingress.`
        : `The audit log reaches back to ${added}, which declared this Ingress, and shows that nobody has created or deleted it since.`,
      commits,
    });
  }
  return byRemovalUnseen(evidence) ?? unknownWhetherApplied(evidence, added, departedAt);
}

/** The log shows that the cluster had it: then it was deleted, and not by whom. */
function byRemovalUnseen({ writes }: FieldEvidence): Attribution | null {
  const [last] = writes?.transitions ?? [];
  const kind = writes?.liveWrite.kind;
  if (last === undefined || (kind !== "after-log" && kind !== "gap")) return null;
  return outOfBand({
    evidence: "none",
    reason: `The audit log shows this Ingress in the cluster at ${inSeconds(last.write.at)} and not who deleted it since: give one that is whole up to when the cluster was read.`,
  });
}

function unknownWhetherApplied(evidence: FieldEvidence, added: string, departedAt: number): Attribution {
  return pending({
    evidence: "none",
    reason: `Git declares it since ${added}, but unknown whether it was never applied or was deleted, because ${whySilenceIsWorthNothing(evidence, departedAt)}.`,
  });
}

function whySilenceIsWorthNothing({ silence, writes }: FieldEvidence, departedAt: number): string {
  if (writes === null || silence === undefined) {
    return "nothing here shows it: give --audit-log or --applied-revision";
  }
  const why = silence.kind === "counts" ? sinceWhen(writes, departedAt) : silence.reason;
  return `${why}: give an audit log of all that time, or --applied-revision`;
}

function sinceWhen({ logFirstEventAt }: FieldWrites, departedAt: number): string {
  const from = secondsOf(logFirstEventAt);
  return from !== null && from >= departedAt
    ? "the audit log begins later"
    : "the audit log does not show it";
}

function betweenUnreadableVersions(walk: FieldWalk, index: FieldEvidence["index"]): Attribution {
  const [newest] = walk.steps;
  const sha = newest === undefined ? "" : ` up to commit ${shortSha(commitAt(index, newest.commit).sha)}`;
  return pending({
    evidence: "none",
    reason: `Git moved off the live value, but unknown by which commit, because versions${sha} could not be read.`,
  });
}

function historyTooShort(): Attribution {
  return outOfBand({
    evidence: "none",
    reason:
      "Unknown, because the clone is shallow and the live value may stand in history that it lacks: run git fetch --unshallow, or give --deepen.",
  });
}
