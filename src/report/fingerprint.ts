import { createHash } from "node:crypto";

/**
 * The identity of a divergence over runs: the same field of the same Ingress keeps it while values, verdicts and
 * files change, so that a dashboard or a code-scanning alert can follow it.
 *
 * @returns 16 hex digits.
 */
export function fingerprint(place: { namespace: string; name: string; field: string }): string {
  const identity = JSON.stringify([place.namespace, place.name, place.field]);
  return createHash("sha256").update(identity).digest("hex").slice(0, 16);
}
