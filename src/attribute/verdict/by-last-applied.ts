import type { Attribution } from "../../model/verdict.ts";
import { isMadeAfter } from "../history/commit-clocks.ts";
import { sameFieldState } from "../history/field-state.ts";
import type { FieldStep } from "../history/walk-field.ts";
import { actorFromManagers } from "./actor-from-managers.ts";
import { commitList, isoTime, outOfBand, pending, shasOf, shortSha, valueCommit } from "./attributions.ts";
import { whyNotShown } from "./cluster-signs.ts";
import { unlessFromEither } from "./either-ref.ts";
import type { FieldEvidence } from "./field-evidence.ts";
import { gitPast } from "./git-past.ts";
import { type LastApply, lastApply } from "./last-apply.ts";

/**
 * Row 2b. kubectl's annotation says what the pipeline last applied, field by field: the live value is that, or
 * something else wrote it.
 */
export function byLastApplied(evidence: FieldEvidence): Attribution | null {
  const { divergence, live } = evidence;
  const last = divergence.field.length === 0 || live.kind !== "value" ? null : lastApply(evidence);
  if (last === null) return null;
  return sameFieldState(last.state, live)
    ? asApplied(evidence, last)
    : writtenBySomethingElse(evidence, last);
}

/** Git has moved on since. A value that Git never held is for the rows below. */
function asApplied(evidence: FieldEvidence, last: LastApply): Attribution | null {
  const { git, index, live } = evidence;
  const holder = git.latestHolder(live, last.at);
  if (holder === null || isMadeAfter(index, holder.commit, last.at)) return null;
  const { commits, leftAt } = gitPast(evidence, holder);
  if (commits.length === 0) return null;
  if (last.at >= leftAt && !last.isDeployers) return byWhomsoever(evidence, commits, last);
  return unlessFromEither(
    evidence,
    pending({
      evidence: "indicated",
      reason: `By kubectl's last-applied annotation, ${last.manager} last applied this value, at ${isoTime(last.at)} or before; ${commitList(commits)} changed it in Git and has not been applied${whyNotShown(evidence)}.`,
      commits,
    }),
  );
}

/** People apply manifests as pipelines do: an older one, after Git had moved on, may be either's. */
function byWhomsoever(evidence: FieldEvidence, commits: readonly string[], last: LastApply): Attribution {
  return pending({
    evidence: "none",
    reason: `By kubectl's last-applied annotation, ${last.manager} applied this value, perhaps after ${commitList(commits)} had changed it in Git; unknown whether a pipeline did that from an older commit or a person with an older manifest: give --audit-log or --applied-revision${whyNotShown(evidence)}.`,
  });
}

/** What other refs alone hold is for the row that names them. */
function writtenBySomethingElse(evidence: FieldEvidence, last: LastApply): Attribution | null {
  const { git, index, live, owners } = evidence;
  if (owners.some(({ entry }) => entry.manager === last.manager)) return null;
  const matching = git.latestHolder(live, null);
  if (matching === null && git.onOtherRefs(live).length > 0) return null;
  const matchesCommit = matching === null ? null : valueCommit(evidence, matching.commit);
  const { actor, text } = actorFromManagers(evidence);
  const conflict = shasOf(index, stepsSince(evidence, last));
  return outOfBand({
    evidence: "indicated",
    reason: [
      `By kubectl's last-applied annotation, ${last.manager} ${declared(evidence, last)}`,
      matchesCommit === null ? "" : ` (the value of commit ${shortSha(matchesCommit)})`,
      text,
      conflict.length === 0 ? "" : `; ${commitList(conflict)} changed it in Git since that apply`,
      whyNotShown(evidence),
      ".",
    ].join(""),
    actor,
    conflict,
    matchesCommit,
  });
}

/** What Git changed since it said what was applied. A person may have applied that after the pipeline had moved on. */
function stepsSince({ git, index }: FieldEvidence, { at, isDeployers, state }: LastApply): FieldStep[] {
  const steps = git.latestHolder(state, at)?.since.steps ?? [];
  return steps.filter(({ commit }) => isDeployers || isMadeAfter(index, commit, at));
}

function declared({ live }: FieldEvidence, { state }: LastApply): string {
  const isGone = live.kind === "value" && live.value === undefined;
  if (isGone) return "last applied this field, so something else removed it";
  const isSilent = state.kind !== "value" || state.value === undefined;
  return isSilent
    ? "last applied a manifest without this field, so something else wrote it"
    : "last applied another value, so something else wrote this one";
}
