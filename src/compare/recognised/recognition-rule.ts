import type { Divergence } from "../../model/divergence.ts";
import type { IngressObject, LiveIngressClass } from "../../model/ingress.ts";
import type { KeyedIngress } from "../../model/keyed-ingress.ts";
import type { LiveFacts } from "./live-facts.ts";

/** A difference that the cluster makes by itself, and that is therefore expected. */
export interface RecognitionRule {
  /** Stable and kebab-case; shown with the count of what it recognised. */
  readonly name: string;
  /** Why the difference is expected, in one plain sentence. */
  readonly reason: string;
  readonly recognises: (divergence: Divergence, facts: RecognitionFacts) => boolean;
}

export interface RecognitionFacts extends LiveFacts {
  /** As Git has it. */
  readonly desiredObject: IngressObject;
  readonly desired: KeyedIngress;
  readonly ingressClasses: readonly LiveIngressClass[] | null;
}
