import type { Divergence } from "../../model/divergence.ts";
import type { IngressId } from "../../model/ingress.ts";
import type { AuditReport, LeftOutEntry } from "../../report/audit-report.ts";
import { leftOutEntry } from "./left-out-entry.ts";

/** Takes some divergences out of a report: by name, with a reason, and counted. */
export interface IgnoreRule {
  readonly name: string;
  readonly reason: string;
  readonly covers: (candidate: IgnoreCandidate) => boolean;
}

export interface IgnoreCandidate {
  readonly id: IngressId;
  readonly divergence: Divergence;
  /** True where one of those managers is certain to have written the live field. */
  readonly isWrittenBy: (isManager: (manager: string) => boolean) => boolean;
}

/** Counts what each rule ignores; the first rule that covers a divergence takes it. */
export class IgnoredCounter {
  readonly #rules: readonly IgnoreRule[];
  readonly #entries = new Map<string, { reason: string; entries: LeftOutEntry[] }>();

  constructor(rules: readonly IgnoreRule[]) {
    this.#rules = rules;
  }

  /** True where a rule took the divergence. */
  takes(candidate: IgnoreCandidate): boolean {
    const rule = this.#rules.find((each) => each.covers(candidate));
    if (rule !== undefined) this.count(rule.name, rule.reason, candidate.id, candidate.divergence);
    return rule !== undefined;
  }

  count(rule: string, reason: string, id: IngressId, divergence: Divergence): void {
    const known = this.#entries.get(rule) ?? { reason, entries: [] };
    this.#entries.set(rule, known);
    known.entries.push(leftOutEntry(id, divergence));
  }

  report(): AuditReport["ignored"] {
    return [...this.#entries].map(([rule, { reason, entries }]) => ({
      rule,
      reason,
      count: entries.length,
      entries,
    }));
  }
}
