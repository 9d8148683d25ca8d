import type { Attribution } from "../../model/verdict.ts";
import { firstMadeAt } from "../history/commit-clocks.ts";
import type { Holder } from "../history/field-timeline.ts";
import { commitAt } from "../history/index-graph.ts";
import type { Arrival } from "../history/landing.ts";
import type { FieldStep } from "../history/walk-field.ts";
import { pending, shasOf, shortSha } from "./attributions.ts";
import type { FieldEvidence } from "./field-evidence.ts";

/** Where Git once held what the cluster has, and how it moved on. */
export interface GitPast {
  readonly holder: Holder;
  /** What changed the field since the last commit that held the value, newest first, and those that can be named. */
  readonly steps: readonly FieldStep[];
  readonly commits: readonly string[];
  /** The commits at which the audited ref held something else. */
  readonly departures: readonly Arrival[];
  /**
   * The earliest time, in seconds, at which the cluster can have followed: a commit that moved Git on was made, and may
   * have been deployed before it was merged. -Infinity if unknown.
   */
  readonly leftAt: number;
}

/**
 * Where the value flapped, an apply that changes nothing leaves no time in managedFields: nobody before the last commit
 * that held the value is named.
 */
export function gitPast({ git, index, live }: FieldEvidence, holder: Holder): GitPast {
  const { steps } = git.latestHolder(live, null)?.since ?? holder.since;
  const departures = git.departures(live, holder);
  const leftAt = firstMadeAt(index, [...departures, ...holder.since.steps]);
  return { holder, steps, commits: shasOf(index, steps), departures, leftAt };
}

/** Git moved on, and none of the commits that may have done it is certain to have. */
export function historyUnclear({ index }: FieldEvidence, { steps }: GitPast): Attribution {
  const [newest] = steps;
  const sha = newest === undefined ? "" : ` up to commit ${shortSha(commitAt(index, newest.commit).sha)}`;
  return pending({
    evidence: "none",
    reason: `Git moved off the live value, but unknown by which commit, because versions${sha} could not be read, or lie on two lines of history that a merge joined and of which either may have been deployed: give --audit-log or --applied-revision.`,
  });
}
