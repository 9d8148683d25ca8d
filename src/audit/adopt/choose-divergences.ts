import { AuditError } from "../../model/audit-error.ts";
import type { Divergence } from "../../model/divergence.ts";
import { formatFieldPath, parseFieldPath } from "../../model/field-path.ts";
import { sameJson } from "../../model/json.ts";
import { parseFieldPattern } from "../../model/patterns.ts";
import type { Attribution } from "../../model/verdict.ts";
import { redactJson } from "../../report/redact.ts";
import { divergingField } from "./diverging-field.ts";

/** A divergence that may be settled, with all that decides whether it is without being named. */
export interface Candidate {
  readonly divergence: Divergence;
  /** null for a difference that a rule expects. */
  readonly attribution: Attribution | null;
  /** The rule that takes it out of reports; null where none does. */
  readonly ignoredBy: string | null;
}

export interface Choice {
  readonly chosen: readonly Candidate[];
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly candidate: Candidate;
  /** Why, as the end of a sentence. */
  readonly why: string;
}

/** Whether the live value goes into Git or Git's into the cluster. */
export type Purpose = "adopt" | "restore";

/**
 * Which divergences of one Ingress are meant: those that patterns name; without any, those that people caused and that
 * no rule expects.
 *
 * @param patterns Field paths or patterns, as reports print them; empty for all.
 * @throws {AuditError} `usage` for what is no pattern, `field-agrees` for one that takes nothing.
 */
export function chooseDivergences(
  candidates: readonly Candidate[],
  patterns: readonly string[],
  purpose: Purpose,
): Choice {
  if (patterns.length === 0) return chooseByDefault(candidates, purpose);
  const matchers = patterns.map((pattern) => ({ pattern, takes: matcherOf(pattern) }));
  const nothing = matchers.find(({ takes }) => !candidates.some(({ divergence }) => takes(divergence)));
  if (nothing !== undefined) throw agrees(nothing.pattern, candidates);
  const isNamed = ({ divergence }: Candidate) => matchers.some(({ takes }) => takes(divergence));
  return { chosen: candidates.filter(isNamed), leftOut: [] };
}

function chooseByDefault(candidates: readonly Candidate[], purpose: Purpose): Choice {
  // What a rule expects is no divergence: it may be named, and is not told of.
  const diverging = candidates.filter(({ attribution }) => attribution !== null);
  const reasons = diverging.map((candidate) => ({ candidate, why: whyNot(candidate, purpose) }));
  return {
    chosen: reasons.filter(({ why }) => why === null).map(({ candidate }) => candidate),
    leftOut: reasons.flatMap(({ candidate, why }) => (why === null ? [] : [{ candidate, why }])),
  };
}

function whyNot({ divergence, attribution, ignoredBy }: Candidate, purpose: Purpose): string | null {
  if (ignoredBy !== null) return `the rule ${ignoredBy} expects it`;
  if (attribution?.verdict === "controller") return "a controller keeps it";
  // An Ingress that is missing may have been deleted: whoever wants it back is right either way.
  const isMissing = divergence.field.length === 0 && divergence.change === "removed";
  const isWanted = purpose === "restore" && isMissing;
  if (attribution?.verdict === "pending" && !isWanted) return "Git is ahead of the cluster";
  return holdsCredential(divergence) ? "the live value looks like a credential" : null;
}

function holdsCredential({ live, field }: Divergence): boolean {
  return live !== undefined && !sameJson(redactJson(live, field.at(-1)), live);
}

/** `.` is the whole Ingress, with all that differs in it. A path that is written out names that field alone and what is below it. */
function matcherOf(pattern: string): (divergence: Divergence) => boolean {
  if (pattern === ".") return () => true;
  const matches = parseFieldPattern(pattern);
  const exact = parseFieldPath(pattern);
  if (matches === null && exact === null) {
    throw new AuditError({
      code: "usage",
      what: `${pattern} is no field path`,
      mend: "Write it as reports print it, in quotes: --field 'metadata.annotations[\"example.com/note\"]'.",
    });
  }
  const text = exact === null ? null : formatFieldPath(exact);
  return ({ field }) => formatFieldPath(field) === text || (matches?.(field) ?? false);
}

function agrees(pattern: string, candidates: readonly Candidate[]): AuditError {
  const fields = candidates.map(({ divergence }) => divergingField(divergence));
  return new AuditError({
    code: "field-agrees",
    what: `No field that differs is ${pattern}`,
    where: fields.length === 0 ? {} : { "what differs": fields.slice(0, 20).join("\n") },
    mend: fields.length === 0 ? "Nothing differs: there is nothing to do." : "Name one that differs.",
  });
}
