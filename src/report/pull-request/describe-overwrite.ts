import type { ReportedActor } from "../audit-report.ts";
import { describeThrough, describeWho } from "../describe-actor.ts";
import { describeCommit, type Telling } from "../describe-commit.ts";
import { absoluteTime, relativeTime } from "../describe-time.ts";
import { own, type Phrase, say } from "../phrase.ts";
import { describeSpot } from "./describe-place.ts";
import type { ReviewedDrift } from "./pull-request-review.ts";
import { short } from "./short.ts";

/** `Reverts alice@example.com’s hotfix on /api of shop.example.com, made 2 hours ago with kubectl`. */
export function describeOverwrite(drift: ReviewedDrift, now: Date): Phrase {
  const { actor, change, field, isGone, verdict } = drift;
  const spot = describeSpot(field);
  const made = describeMaking(actor, now);
  const afterwards = made.length === 0 ? [] : say`, made${made}`;
  if (verdict === "unmerged") return describeUnmerged(drift, spot, made);
  if (change === "removed") return say`Brings back ${spot}, which ${someone(actor)} removed${made}`;
  if (field === "") return say`Changes the Ingress that ${someone(actor)} created${made}`;
  if (change === "added") {
    const verb = own(isGone ? "Removes" : "Replaces");
    return say`${verb} ${possessive(actor)} addition of ${spot}${afterwards}`;
  }
  const verb = own(isGone ? "Removes" : "Reverts");
  return say`${verb} ${possessive(actor)} ${own(nounFor(actor))} on ${spot}${afterwards}`;
}

function describeUnmerged({ ref, commits }: ReviewedDrift, spot: Phrase, made: Phrase): Phrase {
  const [commit] = commits;
  const from = ref === null ? say`a ref` : say`${short(ref)}`;
  const author = commit === undefined ? [] : say`by ${commit.author.name || commit.author.email}, `;
  const put = made.length === 0 ? [] : say`, put there${made}`;
  return say`Replaces what came from ${from} (${author}not merged) on ${spot}${put}`;
}

/** ` 2 hours ago with kubectl`, as far as that is known. */
function describeMaking(actor: ReportedActor | null, now: Date): Phrase {
  if (actor === null) return [];
  const at = actor.at === null ? [] : say` ${own(relativeTime(actor.at, now))}`;
  const program = programOf(actor);
  return program === null ? at : say`${at} with ${short(program, 40)}`;
}

/** A user agent's first product without its version, else the program that managedFields names. */
function programOf({ userAgent, fieldManager }: ReportedActor): string | null {
  return /^[\w.-]+/.exec(userAgent ?? "")?.[0] ?? fieldManager;
}

function possessive(actor: ReportedActor | null): Phrase {
  if (actor === null) return say`an unknown`;
  if (actor.user === null) return say`somebody’s`;
  if (actor.impersonatedBy === null) return say`${describeWho(actor)}’s`;
  return say`${short(actor.impersonatedBy)}’s (as ${short(actor.user)})`;
}

function someone(actor: ReportedActor | null): Phrase {
  return actor?.user == null ? say`somebody` : describeWho(actor);
}

/** A person with a command line makes a hotfix; what else it may be, the source does not say. */
function nounFor(actor: ReportedActor | null): string {
  const isPerson = actor?.user != null && !actor.user.startsWith("system:");
  return isPerson && actor.source === "cli" ? "hotfix" : "change";
}

/** When exactly, how that is known, and through what; where it is not proven, why it is taken to be so. */
export function describeEvidence(drift: ReviewedDrift, telling: Telling): readonly Phrase[] {
  const { actor, evidence, reason, matchesCommit, conflict } = drift;
  const at = actor?.at == null ? [] : [say`${own(absoluteTime(actor.at))}`];
  const auditID = actor?.auditID == null ? [] : say` by audit event ${short(actor.auditID)}`;
  const through = actor === null ? null : describeThrough(actor);
  const facts = [
    ...at,
    say`${own(EVIDENCE_WORDS[evidence])}${auditID}`,
    ...(through === null ? [] : [through]),
  ];
  return [
    facts.flatMap((fact, index) => (index === 0 ? fact : [own(" · "), ...fact])),
    ...(evidence === "proven" ? [] : [say`${reason}`]),
    ...(matchesCommit === null ? [] : [say`It is the value of ${describeCommit(matchesCommit, telling)}`]),
    ...conflict.map((commit) => say`Git changed the same meanwhile, in ${describeCommit(commit, telling)}`),
  ];
}

const EVIDENCE_WORDS: Readonly<Record<ReviewedDrift["evidence"], string>> = {
  proven: "proven",
  indicated: "indicated, not proven",
  inferred: "inferred from Git’s history",
  none: "not known by whom",
};
