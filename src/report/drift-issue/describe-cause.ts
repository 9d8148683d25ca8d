import type { ReportedActor, ReportedCommit } from "../audit-report.ts";
import { describeWho } from "../describe-actor.ts";
import { describeAuthors, describeChange, type Telling } from "../describe-commit.ts";
import { describeTime } from "../describe-time.ts";
import { elide } from "../elide.ts";
import { own, type Phrase, say, value } from "../phrase.ts";
import type { Cause, Writer } from "./happening.ts";

const MAX_REASON = 400;

/** Why something no longer differs, as a clause: `commit 1a2b3c4 “web: retry” by Bob reached the cluster`. */
export function describeCause(cause: Cause, telling: Telling): Phrase {
  switch (cause.kind) {
    case "reached":
      return say`${commits(cause.commits, telling)} reached the cluster${broughtBy(cause.by, telling)}`;
    case "reverted":
      return reverted(cause.by, telling);
    case "adopted":
      return say`Git adopted the cluster’s value in ${commitsOrDoubt(cause, telling)}`;
    case "withdrawn":
      return say`Git went back to the cluster’s value in ${commitsOrDoubt(cause, telling)}`;
    case "removed":
      return removed(cause.commits, cause.by, telling);
    case "ignored":
      return say`it still differs, and the rule ${value(cause.rule)} of the configuration now leaves it out: ${elide(cause.reason, MAX_REASON)}`;
    case "expected":
      return say`it still differs, and is known for a controller’s work by the rule ${value(cause.rule)}`;
    case "unknown":
      return say`it is no longer found, and unknown why: ${elide(cause.why, MAX_REASON)}`;
    default:
      return cause satisfies never;
  }
}

function commits(named: readonly ReportedCommit[], telling: Telling): Phrase {
  const [newest, ...earlier] = named;
  if (newest === undefined) return say`Git’s change`;
  const first = say`${describeChange(newest, telling)} by ${describeAuthors(newest)}`;
  if (earlier.length === 0) return first;
  return say`${first} (and ${own(String(earlier.length))} earlier ${own(earlier.length === 1 ? "commit" : "commits")})`;
}

function commitsOrDoubt(
  { commits: named, doubt }: { commits: readonly ReportedCommit[]; doubt: string | null },
  telling: Telling,
): Phrase {
  if (named.length > 0) return commits(named, telling);
  return say`a commit that is not known: ${elide(doubt ?? "Git’s history does not show it", MAX_REASON)}`;
}

function broughtBy(by: Writer, telling: Telling): Phrase {
  return by.kind === "unknown" ? [] : say`, written by ${writer(by.actor)}${when(by.actor, telling)}`;
}

function reverted(by: Writer, telling: Telling): Phrase {
  if (by.kind === "unknown")
    return say`the cluster went back to Git’s value, and nothing shows who did it: ${elide(by.why, MAX_REASON)}`;
  const did =
    by.actor.source === "gitops"
      ? "applied Git’s value again"
      : by.actor.source === "controller"
        ? "wrote Git’s value again"
        : "reverted it to Git’s value";
  return say`${writer(by.actor)} ${own(did)}${when(by.actor, telling)}`;
}

function removed(named: readonly ReportedCommit[], by: Writer, telling: Telling): Phrase {
  const inGit = named.length === 0 ? [] : say`; Git removed it in ${commits(named, telling)}`;
  const inCluster =
    by.kind === "unknown"
      ? []
      : say`; ${writer(by.actor)} deleted it in the cluster${when(by.actor, telling)}`;
  return say`the Ingress was removed from both Git and the cluster${inGit}${inCluster}`;
}

/** `alice@example.com (kubectl/v1.36.3)`; the audit event has the rest. */
function writer(actor: ReportedActor): Phrase {
  const { user, userAgent, source } = actor;
  const who = describeWho(actor);
  // A program’s own name is its tool already.
  if (user === null) return who;
  if (source === "gitops") return say`${who} (a deployer)`;
  if (source === "controller") return say`${who} (a controller)`;
  return userAgent === null ? who : say`${who} (${value(elide(productOf(userAgent), 60))})`;
}

function productOf(userAgent: string): string {
  return userAgent.replace(/[ (].*/s, "");
}

function when({ at }: ReportedActor, { now }: Telling): Phrase {
  return at === null ? [] : say` at ${own(describeTime(at, now))}`;
}
