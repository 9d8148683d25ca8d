import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { Attribution } from "../../model/verdict.ts";
import { isMadeAfter } from "../history/commit-clocks.ts";
import type { ManifestCommits } from "../history/commit-of-manifest.ts";
import type { UnmergedWriter } from "../history/field-timeline.ts";
import { secondsOf } from "../seconds-of.ts";
import { actorOfWrite, nameOfWriter } from "./actors.ts";
import { commitList, inSeconds, pending } from "./attributions.ts";
import { whyNotShown, writtenNotAfter } from "./cluster-signs.ts";
import type { FieldEvidence } from "./field-evidence.ts";

/**
 * The pipeline wrote what the audited ref once held, and what a ref that is not merged has made of its newer value:
 * it may have deployed either. A whole manifest that only the audited ref has tells which; a deletion, or a patch of
 * what had changed, does not.
 *
 * @returns null where it cannot have been the other ref.
 */
export function deployedFromEither(evidence: FieldEvidence, write: ClusterWrite): Attribution | null {
  const rival = rivalOf(evidence, secondsOf(write.at));
  if (rival === null) return null;
  const sent = evidence.commitsOf?.(write) ?? null;
  if (sent !== null && !mayBeOf(evidence, sent, rival)) return null;
  const did = evidence.live.kind === "no-object" ? "deleted it" : "deployed this value";
  return pending({
    evidence: "proven",
    reason: `${nameOfWriter(write)} ${did} at ${inSeconds(write.at)}, and unknown from which revision, because the audited ref once had it so, and ${rival.ref}, which is not merged, has too.`,
    actor: actorOfWrite(write, evidence.policy),
  });
}

/** Whether what was sent may be the rival's: it is no commit's, or of one that stands on the rival. */
function mayBeOf({ index }: FieldEvidence, sent: ManifestCommits, { commit }: UnmergedWriter): boolean {
  if (sent.unmerged === null) return !sent.isMerged;
  return sent.isMerged || index.ancestorsOf(sent.unmerged)(commit);
}

/** The same where no log shows the write: whoever moved the audited ref off the value is told as a fact, not as the cause. */
export function unlessFromEither(evidence: FieldEvidence, attribution: Attribution): Attribution {
  const { commits, verdict } = attribution;
  const rival =
    verdict === "pending" && commits.length > 0 ? rivalOf(evidence, writtenNotAfter(evidence)) : null;
  if (rival === null) return attribution;
  return pending({
    evidence: "none",
    reason: `Git moved off this value with ${commitList(commits)}, but ${rival.ref}, which is not merged, went back to it since; unknown which of them the cluster has it from, because nothing here shows it: give --audit-log or --applied-revision${whyNotShown(evidence)}.`,
  });
}

/** Whoever made the value anew, elsewhere, after the audited ref had it last: what that took in later is its own. */
function rivalOf({ git, index, live }: FieldEvidence, notAfter: number | null): UnmergedWriter | null {
  const writers = git.isTruncated ? [] : git.onOtherRefs(live);
  if (writers.length === 0) return null;
  const newest = git.latestHolder(live, null)?.commit;
  const isRival = ({ commit }: UnmergedWriter) =>
    (notAfter === null || !isMadeAfter(index, commit, notAfter)) &&
    (newest === undefined || index.ancestorsOf(commit)(newest));
  return writers.find(isRival) ?? null;
}
