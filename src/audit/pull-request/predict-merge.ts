import type { WriterPolicy } from "../../attribute/verdict/writer-policy.ts";
import { keyIngress } from "../../compare/key-ingress.ts";
import { predictApply } from "../../compare/predict-apply.ts";
import { refusalOf } from "../../compare/refusal-of.ts";
import type { IngressObject } from "../../model/ingress.ts";
import type { KeyedIngress } from "../../model/keyed-ingress.ts";
import { applierOf } from "./applier-of.ts";
import { withoutCleared, withoutDropped } from "./explicit-nothing.ts";

/** What becomes of a live Ingress once what a pull request declares has been applied. */
export interface PredictedMerge {
  /** null where the pull request takes the Ingress out of Git, and the deployer prunes. */
  readonly ingress: KeyedIngress | null;
  /** Why the API server would refuse what came of it, and keep the live object as it is; null where it would not. */
  readonly refusal: string | null;
}

/** What decides it: what Git declared before, what it would declare, what is live; null where there is no such object. */
export interface MergeSides {
  readonly base: IngressObject | null;
  readonly head: IngressObject | null;
  readonly live: IngressObject | null;
}

export function predictMerge({ base, head, live }: MergeSides, policy: WriterPolicy): PredictedMerge {
  if (head === null) return { ingress: null, refusal: null };
  if (live === null) return { ingress: predictApply(keyIngress(head), null, CREATOR), refusal: null };
  const applier = applierOf(live, base === null ? null : keyIngress(base), policy);
  const manifest = keyIngress(withoutDropped(head, applier.way));
  const ingress = predictApply(manifest, keyIngress(withoutCleared(live, head, applier)), applier);
  return { ingress, refusal: refusalOf(ingress) };
}

const CREATOR = { way: "client-side", releases: () => false } as const;
