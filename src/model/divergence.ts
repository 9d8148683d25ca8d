import type { Deletion } from "./deletion.ts";
import type { FieldPath } from "./field-path.ts";
import type { DesiredIngress, IngressId, LiveIngress } from "./ingress.ts";
import type { Json } from "./json.ts";
import type { KeyedIngress } from "./keyed-ingress.ts";

/** What happened to a field, seen from Git to live. */
export const CHANGES = ["changed", "added", "removed", "reordered"] as const;
export type Change = (typeof CHANGES)[number];

/** How an Ingress stands as a whole. `missing`: Git only. `extra`: live only. */
export const STATES = ["in-sync", "changed", "missing", "extra"] as const;
export type IngressState = (typeof STATES)[number];

/** One field, or with the empty path one whole object, in which desired and live differ after normalisation. */
export interface Divergence {
  readonly field: FieldPath;
  readonly change: Change;
  /** As a reader would write it in YAML; undefined where Git has no such field. For `reordered`: the segments in order. */
  readonly desired: Json | undefined;
  /** Likewise; undefined where the cluster has no such field. */
  readonly live: Json | undefined;
  /** Of a whole object: it is being deleted. `removed` then tells of the deletion, though the object is still there. */
  readonly deletion?: Deletion;
}

/** A difference that a named rule expects, and that therefore counts as no divergence: it is counted and shown on request. */
export interface RecognisedDifference {
  readonly rule: string;
  /** Why it is expected, in one plain sentence. */
  readonly reason: string;
  readonly divergence: Divergence;
}

/** One Ingress of the audit, compared. At least one of desired and live is present. */
export interface ComparedIngress {
  readonly id: IngressId;
  readonly state: IngressState;
  readonly desired: DesiredIngress | null;
  readonly live: LiveIngress | null;
  readonly desiredKeyed: KeyedIngress | null;
  readonly liveKeyed: KeyedIngress | null;
  /** Sorted by field path. */
  readonly divergences: readonly Divergence[];
  /** Sorted by field path. */
  readonly recognised: readonly RecognisedDifference[];
}
