import type { Attribution } from "../../model/verdict.ts";
import { firstMadeAt, isMadeAfter } from "../history/commit-clocks.ts";
import type { FieldWalk } from "../history/walk-field.ts";
import { secondsOf } from "../seconds-of.ts";
import type { FieldWrites } from "../writes/field-writes.ts";
import { nameOfWriter } from "./actors.ts";
import { commitList, inSeconds, outOfBand, pending, shasOf } from "./attributions.ts";
import { byExtraObject } from "./by-extra-object.ts";
import { byOlderValue } from "./by-older-value.ts";
import { logCovers, writtenNotAfter } from "./cluster-signs.ts";
import { unlessFromEither } from "./either-ref.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { gitPast } from "./git-past.ts";

/**
 * Row 3. The live value occurs in the audited ref's history. Either the cluster has not followed since, or somebody
 * took the value back after it had.
 */
export function byGitTimeline(evidence: FieldEvidence): Attribution | null {
  const { divergence, git, index, live } = evidence;
  const notAfter = writtenNotAfter(evidence);
  const holder = git.latestHolder(live, notAfter);
  const isTooLate = holder !== null && notAfter !== null && isMadeAfter(index, holder.commit, notAfter);
  const walk = holder?.since ?? (live.kind === "no-object" ? git.since(null) : null);
  if (isTooLate || walk === null) return git.isTruncated ? historyTooShort() : null;
  if (walk.steps.length === 0) return walk.isTruncated || git.isTruncated ? historyTooShort() : null;
  if (holder === null || live.kind === "no-object") {
    return byMissingObject(evidence, walk, firstMadeAt(index, walk.steps));
  }
  const past = gitPast(evidence, holder);
  const attribution =
    divergence.field.length === 0 ? byExtraObject(evidence, past) : byOlderValue(evidence, past);
  return unlessFromEither(evidence, attribution);
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

/** The log shows that the cluster had it: then it was deleted, and not by whom, or not by whom last. */
function byRemovalUnseen({ writes }: FieldEvidence): Attribution | null {
  const [last] = writes?.transitions ?? [];
  const seen = writes?.liveWrite;
  if (last === undefined || (seen?.kind !== "after-log" && seen?.kind !== "gap")) return null;
  const { write } = last;
  const isDelete = seen.kind === "gap" && write.verb === "delete";
  const shows = isDelete
    ? `has a delete by ${nameOfWriter(write)} at ${inSeconds(write.at)}, but ${seen.reason}`
    : `shows this Ingress in the cluster at ${inSeconds(write.at)} and not who deleted it since`;
  return outOfBand({
    evidence: "none",
    reason: `The audit log ${shows}: give one that is whole up to when the cluster was read.`,
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

function historyTooShort(): Attribution {
  return outOfBand({
    evidence: "none",
    reason:
      "Unknown, because the clone is shallow and the live value may stand in history that it lacks: run git fetch --unshallow, or give --deepen.",
  });
}
