import type { Source } from "../model/verdict.ts";
import type { ReportedActor } from "./audit-report.ts";
import { elide } from "./elide.ts";
import { own, type Phrase, say, value } from "./phrase.ts";

const SOURCE_WORDS: Record<Source, string> = {
  cli: "a command line",
  api: "the API",
  gitops: "a deployer",
  controller: "a controller",
};

/** Who wrote to the cluster. A fieldManager names a program, so that without a user it stays open who ran it. */
export function describeWho(actor: ReportedActor): Phrase {
  if (actor.user === null) {
    if (actor.fieldManager === null) return say`unknown`;
    if (actor.source === "gitops" || actor.source === "controller") return [value(actor.fieldManager)];
    return say`someone using ${value(actor.fieldManager)} (a program’s name; who ran it is not known)`;
  }
  if (actor.impersonatedBy === null) return [value(actor.user)];
  return say`${value(actor.impersonatedBy)} as ${value(actor.user)} (impersonation)`;
}

/** Through what: `patch through a command line, kubectl/v1.32.4, field manager kubectl-patch, from 10.1.2.3`. */
export function describeThrough(actor: ReportedActor): Phrase | null {
  const facts: Phrase[] = [];
  if (actor.source !== null) facts.push([own(SOURCE_WORDS[actor.source])]);
  if (actor.operation !== null) facts.push(say`operation ${value(actor.operation)}`);
  if (actor.userAgent !== null) facts.push([value(elide(productOf(actor.userAgent), 80))]);
  if (actor.fieldManager !== null && actor.user !== null)
    facts.push(say`field manager ${value(actor.fieldManager)}`);
  if (actor.sourceIP !== null) facts.push(say`from ${value(actor.sourceIP)}`);
  if (facts.length === 0) return null;
  return facts.flatMap((fact, index) => (index === 0 ? fact : [own(", "), ...fact]));
}

/** A user agent's first product, `kubectl/v1.36.3`; the platform and the build after it stay in the json report. */
function productOf(userAgent: string): string {
  return userAgent.replace(/ \(.*/s, "");
}
