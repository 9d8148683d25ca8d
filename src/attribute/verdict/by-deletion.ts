import type { Deletion } from "../../model/deletion.ts";
import type { Attribution } from "../../model/verdict.ts";
import { commitAt } from "../history/index-graph.ts";
import type { LiveWrite } from "../writes/field-writes.ts";
import { isDeployment } from "./actors.ts";
import { alsoSaying, outOfBand, shortSha } from "./attributions.ts";
import { byAppliedRevision } from "./by-applied-revision.ts";
import { byDeployment } from "./by-deployment.ts";
import { byHand } from "./by-hand.ts";
import { whyNotShown } from "./cluster-signs.ts";
import type { FieldEvidence } from "./field-evidence.ts";

/**
 * An Ingress that is being deleted, which its finalizers still hold. Behind it is whoever asked for the deletion; only
 * the audit log tells who that was, for a delete leaves nothing in managedFields but its time.
 */
export function byDeletion(evidence: FieldEvidence): Attribution | null {
  const { deletion } = evidence.divergence;
  if (deletion === undefined || evidence.live.kind !== "no-object") return null;
  return alsoSaying(whoDeleted(evidence, deletion), heldBy(deletion));
}

function whoDeleted(evidence: FieldEvidence, deletion: Deletion): Attribution {
  const shown = evidence.writes?.liveWrite;
  if (shown?.kind === "shown") {
    return isDeployment(shown.transition.write, evidence.policy)
      ? byDeployment(evidence, shown.transition.write)
      : byHand(evidence, shown.transition);
  }
  return byRevision(evidence, deletion) ?? unknown(evidence, deletion);
}

/** The applied revision declares it: then it was not the pipeline. Or it does not: then Git has moved on. */
function byRevision(evidence: FieldEvidence, { at }: Deletion): Attribution | null {
  const { appliedCommit, git, index } = evidence;
  if (appliedCommit === null) return null;
  if (git.valueAt(appliedCommit).kind !== "value") return byAppliedRevision(evidence);
  const revision = shortSha(commitAt(index, appliedCommit).sha);
  return outOfBand({
    evidence: "indicated",
    reason: `The cluster runs revision ${revision}, which declares this Ingress, so something other than Git deleted it at ${at}${whyNotShown(evidence)}.`,
  });
}

function unknown({ writes }: FieldEvidence, { at }: Deletion): Attribution {
  const reason = `Unknown who deleted this Ingress at ${at}, because ${whyUnknown(writes?.liveWrite)}.`;
  return outOfBand({ evidence: "none", reason });
}

function whyUnknown(shown: LiveWrite | undefined): string {
  const mend = "give one that holds that time";
  switch (shown?.kind) {
    case undefined:
      return "only the audit log tells: give --audit-log";
    case "before-log":
      return `the audit log begins later: ${mend}`;
    case "after-log":
      return `the audit log ends before: ${mend}`;
    case "gap":
      return `the audit log has a gap there (${shown.reason}): ${mend}`;
    default:
      return `the audit log has no write to it: ${mend}`;
  }
}

function heldBy({ finalizers }: Deletion): string {
  const [first, ...more] = finalizers;
  if (first === undefined) return "it is going away";
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  return `it is still there, and goes away as soon as its finalizers are gone (${first}${others})`;
}
