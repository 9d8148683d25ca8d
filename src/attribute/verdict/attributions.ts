import type { Actor, Attribution, Evidence } from "../../model/verdict.ts";
import { commitAt, type GraphIndex } from "../history/index-graph.ts";
import type { FieldStep } from "../history/walk-field.ts";
import type { FieldEvidence } from "./field-evidence.ts";

interface Named {
  readonly evidence: Evidence;
  readonly reason: string;
  readonly actor?: Actor | null;
  readonly commits?: readonly string[];
  readonly conflict?: readonly string[];
  readonly matchesCommit?: string | null;
}

/** Said of a pipeline that had brought Git's newer value to the cluster and then took it back. */
export const WENT_BACK = "went back to";

const NOTHING = { commits: [], ref: null, conflict: [], matchesCommit: null, actor: null, rule: null };

export function pending(named: Named): Attribution {
  return { ...NOTHING, ...named, verdict: "pending" };
}

export function unmerged(named: Named & { readonly ref: string | null }): Attribution {
  return { ...NOTHING, ...named, verdict: "unmerged" };
}

export function outOfBand(named: Named): Attribution {
  return { ...NOTHING, ...named, verdict: "out-of-band" };
}

export function byController(named: Named & { readonly rule: string }): Attribution {
  return { ...NOTHING, ...named, verdict: "controller" };
}

/** The same, with a clause more in its sentence; nothing where the clause is empty. */
export function alsoSaying(attribution: Attribution, clause: string): Attribution {
  if (clause === "") return attribution;
  return { ...attribution, reason: `${attribution.reason.replace(/\.$/, "")}; ${clause}.` };
}

/** The shas of those steps that can be named for certain, newest first. */
export function shasOf(index: GraphIndex, steps: readonly FieldStep[]): string[] {
  return steps.filter((step) => step.isCertain).map((step) => commitAt(index, step.commit).sha);
}

/**
 * The commit that gave the field the value which a commit holds; null where history does not show one, as for a field
 * that was never there. Any other commit that merely holds the value has nothing to do with it.
 */
export function valueCommit(
  { git, index }: Pick<FieldEvidence, "git" | "index">,
  holder: number,
): string | null {
  const writer = git.writerAt(holder);
  return writer === null ? null : commitAt(index, writer.commit).sha;
}

export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

/** `1a2b3c4d`, `1a2b3c4d and 5e6f7a8b`, `1a2b3c4d and 4 more commits`. */
export function commitList(shas: readonly string[]): string {
  const [first, second] = shas.map(shortSha);
  if (first === undefined) return "no commit";
  if (shas.length === 1) return `commit ${first}`;
  return shas.length === 2 ? `commits ${first} and ${second}` : `commit ${first} and ${shas.length - 1} more`;
}

/** A time for a sentence: the log's microseconds stay in the actor's `at`. */
export function inSeconds(at: string): string {
  return at.replace(/\.\d+Z$/, "Z");
}

/** @param seconds Since the epoch. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
