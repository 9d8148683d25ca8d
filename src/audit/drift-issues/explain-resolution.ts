import type { CommitDetails } from "../../model/commit.ts";
import type { AuditReport, ReportedCommit } from "../../report/audit-report.ts";
import type { Cause, Writer } from "../../report/drift-issue/happening.ts";
import type { TrackedDivergence } from "../../report/drift-issue/tracked-divergence.ts";
import { ABSENT } from "../../report/value-hash.ts";
import type { FieldTrace } from "../attributed/trace-fields.ts";
import { ingressIdOf } from "./subjects.ts";

type Agreement = Extract<FieldTrace, { kind: "agrees" }>;

/**
 * Why a divergence is not there any more: which side moved to the other, and who moved it. A name is given only where
 * Git's history or the cluster's records show that this very move was theirs.
 */
export function explainResolution(before: TrackedDivergence, trace: FieldTrace, report: AuditReport): Cause {
  const left = takenOut(before, report);
  if (left !== null) return left;
  switch (trace.kind) {
    case "unread":
      return { kind: "unknown", why: trace.why };
    case "differs":
      return {
        kind: "unknown",
        why: "Git and the cluster still hold different values, and no rule says why it is left out",
      };
    case "agrees":
      return byMovedSide(before, trace);
    default:
      return trace satisfies never;
  }
}

/** What still differs, and is not told any more by somebody’s decision. */
function takenOut(
  before: TrackedDivergence,
  { ingresses, ignored, belowMinSeverity }: AuditReport,
): Cause | null {
  const { namespace, name } = ingressIdOf(before.ingress);
  const isSame = (each: { namespace: string; name: string }) =>
    each.namespace === namespace && each.name === name;
  const still = ingresses.find(isSame)?.divergences.find(({ id }) => id === before.id);
  if (still?.verdict === "controller") return { kind: "expected", rule: still.rule ?? "controller" };
  const isTooLow = belowMinSeverity.entries?.some((entry) => isSame(entry) && entry.field === before.field);
  if (isTooLow === true) {
    const reason = `Less severe than ${belowMinSeverity.minSeverity}.`;
    return { kind: "ignored", rule: "min-severity", reason };
  }
  const rule = ignored.find(({ entries = [] }) =>
    entries.some((entry) => isSame(entry) && entry.field === before.field),
  );
  return rule === undefined ? null : { kind: "ignored", rule: rule.rule, reason: rule.reason };
}

function byMovedSide(before: TrackedDivergence, trace: Agreement): Cause {
  const writer: Writer = trace.writer;
  const isPruned = before.field === "" && before.change === "added" && before.verdict === "pending";
  if (trace.isGone && !isPruned) return { kind: "removed", commits: certain(trace).slice(0, 1), by: writer };
  const { desired, live } = sidesOf(before);
  const now = valueNow(before, trace);
  const gitMoved = before.change === "reordered" ? trace.commits.length > 0 : now !== desired;
  const liveMoved = before.change === "reordered" ? !gitMoved : now !== live;
  if (gitMoved && liveMoved) return movedBoth(trace, writer);
  if (gitMoved) return movedGit(before, trace);
  if (!liveMoved)
    return { kind: "unknown", why: "by what is remembered of it, neither Git nor the cluster has moved" };
  const named = reported(trace.named);
  return before.verdict === "pending" && before.commits.length > 0
    ? { kind: "reached", commits: named, by: writer }
    : { kind: "reverted", by: writer };
}

/** Git went to a third value, and the cluster followed it there. */
function movedBoth(trace: Agreement, by: Writer): Cause {
  const commits = certain(trace);
  if (commits.length > 0) return { kind: "reached", commits, by };
  const why = "both moved to the same value, and Git’s history shows no commit that did";
  return { kind: "unknown", why: trace.doubt ?? why };
}

function movedGit({ verdict }: TrackedDivergence, trace: Agreement): Cause {
  const kind = verdict === "pending" ? "withdrawn" : "adopted";
  return { kind, commits: certain(trace).slice(0, 1), doubt: trace.doubt };
}

/** Where a part of the history is in doubt, the newest of the rest need not be the one. */
function certain({ commits, doubt }: Agreement): readonly ReportedCommit[] {
  return doubt === null ? reported(commits) : [];
}

/** Of a whole object only its presence counts: when it is there on both sides again, its fields are compared. */
function sidesOf({ field, change, desired, live }: TrackedDivergence): { desired: string; live: string } {
  if (field !== "") return { desired, live };
  return change === "removed" ? { desired: "present", live: ABSENT } : { desired: ABSENT, live: "present" };
}

function valueNow({ field }: TrackedDivergence, { isGone, value }: Agreement): string {
  if (field !== "") return value;
  return isGone ? ABSENT : "present";
}

function reported(commits: readonly CommitDetails[]): readonly ReportedCommit[] {
  return commits.map((commit) => ({ ...commit, ref: null }));
}
