import type { IngressObject } from "./ingress.ts";
import { isJsonObject } from "./json.ts";

/** Somebody has deleted an object, and it stays, field for field, until its finalizers are gone. Nothing brings it back. */
export interface Deletion {
  /** metadata.deletionTimestamp: UTC, ISO 8601, to the second. */
  readonly at: string;
  /** What is left of metadata.finalizers. */
  readonly finalizers: readonly string[];
}

/**
 * @returns null for an object that nobody has deleted.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/
 */
export function deletionOf({ metadata }: IngressObject): Deletion | null {
  if (!isJsonObject(metadata) || typeof metadata.deletionTimestamp !== "string") return null;
  const at = new Date(metadata.deletionTimestamp);
  if (Number.isNaN(at.getTime())) return null;
  const finalizers = Array.isArray(metadata.finalizers) ? metadata.finalizers : [];
  return {
    at: at.toISOString().replace(".000Z", "Z"),
    finalizers: finalizers.filter((finalizer) => typeof finalizer === "string"),
  };
}
