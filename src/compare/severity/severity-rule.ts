import type { Divergence } from "../../model/divergence.ts";
import type { IngressId } from "../../model/ingress.ts";
import type { KeyedIngress, KeyedValue } from "../../model/keyed-ingress.ts";
import type { Severity } from "../../model/severity.ts";
import type { ClaimIndex } from "../index-claims.ts";

/** What a rating may look at beside the divergence itself. */
export interface SeverityContext {
  readonly id: IngressId;
  /** null where Git has no such object. */
  readonly desired: KeyedIngress | null;
  /** null where the cluster has no such object. */
  readonly live: KeyedIngress | null;
  readonly claims: ClaimIndex;
}

/** One of the things that a divergence consists of: itself, and each entry and field within an entry or object. */
export interface Facet extends Pick<Divergence, "field" | "change" | "deletion"> {
  readonly desired: KeyedValue | undefined;
  readonly live: KeyedValue | undefined;
  /** True for what stands within an entry or object that one side lacks; false for the divergence itself. */
  readonly isPart: boolean;
}

/**
 * One reason why a divergence matters, seen from Git to live: what counts is what live exposes, or lacks, relative
 * to Git. docs/severity.md shows for each rule what it rates and what it does not.
 */
export interface SeverityRule {
  /** Stable and kebab-case. */
  readonly name: string;
  readonly severity: Severity;
  /** @returns why this matters, in one plain sentence; null where the rule does not apply. */
  readonly reasonFor: (facet: Facet, context: SeverityContext) => string | null;
}
