import { createHash } from "node:crypto";

/**
 * The name of an audit in hidden markers: its cluster and its configuration, and a key of its own where several audits
 * share both.
 *
 * @returns 16 hex digits.
 */
export function threadKey(audit: {
  readonly cluster: string | null;
  readonly configurationPath: string | null;
  readonly commentKey: string | null;
}): string {
  const identity = JSON.stringify([audit.cluster, audit.configurationPath, audit.commentKey]);
  return createHash("sha256").update(identity).digest("hex").slice(0, 16);
}
