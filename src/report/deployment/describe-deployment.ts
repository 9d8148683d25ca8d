import type { ReportedDivergence } from "../audit-report.ts";
import { describeThrough, describeWho } from "../describe-actor.ts";
import { describeCommit, shortSha, type Telling } from "../describe-commit.ts";
import { describeTime } from "../describe-time.ts";
import { fieldPhrase, own, type Phrase, say, value } from "../phrase.ts";
import type { ConcernedDivergence, DeploymentReport } from "./deployment-report.ts";

/** How it ended, in one sentence without a full stop. */
export function describeEnding(deployment: DeploymentReport): Phrase {
  const commit = value(shortSha(deployment.commit));
  const cluster = value(deployment.report?.cluster.name ?? "the cluster");
  const after = own(describeDuration(deployment.waitedMs));
  switch (deployment.ending) {
    case "agreed":
      return say`${cluster} agrees with ${commit} after ${after}`;
    case "disagreed":
      return say`${cluster} does not agree with ${commit} after ${after}: ${own(describeCounts(deployment))}`;
    case "unread":
      return say`It is not known whether ${cluster} agrees with ${commit}: after ${after} the cluster cannot be read`;
    default:
      return deployment satisfies never;
  }
}

/** One difference: where it is, and each of those who are behind it. */
export interface Culprit {
  readonly place: Phrase;
  readonly causes: readonly Phrase[];
}

export function describeCulprit({ ingress, divergence }: ConcernedDivergence, telling: Telling): Culprit {
  return {
    place: say`${value(`${ingress.namespace}/${ingress.name}`)} ${fieldPhrase(divergence.field)}`,
    causes: causesOf(divergence, telling),
  };
}

/** `2 differences are pending, 1 was written by something else`; what has nothing to do with it is counted apart. */
function describeCounts({ concerning, beside }: DeploymentReport): string {
  const pending = concerning.filter(({ divergence }) => divergence.verdict === "pending").length;
  const counts = [
    count(pending, "is pending", "are pending"),
    count(concerning.length - pending, "was written by something else", "were written by something else"),
    count(beside.length, "is outside this deployment", "are outside this deployment"),
  ];
  const [first, ...others] = counts.filter((each) => each !== null);
  if (first === undefined) return "nothing differs any more";
  return [first.replace(" ", first.startsWith("1 ") ? " difference " : " differences "), ...others].join(
    ", ",
  );
}

function count(many: number, one: string, more: string): string | null {
  return many === 0 ? null : `${many} ${many === 1 ? one : more}`;
}

function causesOf(divergence: ReportedDivergence, telling: Telling): readonly Phrase[] {
  switch (divergence.verdict) {
    case "pending":
      return byCommit("pending", divergence, telling);
    case "unmerged":
      return byCommit("what another ref declares", divergence, telling);
    case "out-of-band":
    case "controller":
      return [writerOf(divergence, telling)];
    default:
      return divergence.verdict satisfies never;
  }
}

function byCommit(what: string, { commits, reason }: ReportedDivergence, telling: Telling) {
  if (commits.length === 0) return [say`${own(what)}: ${reason}`];
  return commits.map((commit) => say`${own(what)}: ${describeCommit(commit, telling)}`);
}

function writerOf({ actor, evidence, reason }: ReportedDivergence, { now }: Telling): Phrase {
  if (actor === null) return say`${reason}`;
  const through = describeThrough(actor);
  const at = actor.at === null ? [] : say`, ${own(describeTime(actor.at, now))}`;
  const how = through === null ? [] : say`, ${through}`;
  return say`written by ${describeWho(actor)}${how}${at} (${own(evidence)})`;
}

/** `5 minutes`, `1 minute 30 seconds`, `12 seconds`. */
export function describeDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const parts = [plural(minutes, "minute"), plural(seconds % 60, "second")].filter((part) => part !== null);
  return parts.length === 0 ? "0 seconds" : parts.join(" ");
}

function plural(number: number, unit: string): string | null {
  if (number === 0) return null;
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}
