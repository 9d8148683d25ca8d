import type { ReportedCommit, ReportedDivergence } from "../audit-report.ts";
import { describeWho } from "../describe-actor.ts";
import { describeAuthors, shortSha } from "../describe-commit.ts";
import { elide } from "../elide.ts";
import { plainText } from "../phrase.ts";

/** Whose the live value is, as far as the evidence goes, or why Git's is another one: a plain line. */
export function whoseValue(divergence: ReportedDivergence): string {
  const { verdict, evidence, commits } = divergence;
  const told = `${verdict}, evidence: ${evidence}`;
  const named = commits.map(commitInWords).join("; ");
  switch (verdict) {
    case "out-of-band":
      return `${writer(divergence)} (${told})`;
    case "controller":
      return `a controller's (${told})`;
    // Who changed Git has not written what is live.
    case "pending":
      return named === "" ? `Git moved on (${told})` : `Git moved on with ${named} (${told})`;
    case "unmerged":
      return named === "" ? `on a ref that is not merged (${told})` : `as in ${named}, not merged (${told})`;
    default:
      return verdict satisfies never;
  }
}

function writer({ actor }: ReportedDivergence): string {
  if (actor === null || (actor.user ?? actor.fieldManager) === null)
    return "who wrote it in the cluster is not known";
  const at = actor.at === null ? "" : ` at ${actor.at}`;
  return `written in the cluster by ${plainText(describeWho(actor))}${at}`;
}

function commitInWords(commit: ReportedCommit): string {
  return `commit ${shortSha(commit.sha)} “${elide(commit.subject, 80)}” by ${plainText(describeAuthors(commit))}`;
}
