import type { ClusterWrite } from "../../model/cluster-write.ts";

/**
 * Whether a write was made no earlier than another to the same Ingress. resourceVersions tell: the clocks of several
 * API servers differ. Where one has none, as a delete, or both have the same, as what changes nothing, the times do.
 */
export function isSince(write: ClusterWrite, than: ClusterWrite): boolean {
  const [version, other] = [versionOf(write), versionOf(than)];
  if (version === null || other === null || version === other) return write.at >= than.at;
  return version > other;
}

function versionOf({ resourceVersion }: ClusterWrite): bigint | null {
  return resourceVersion !== null && /^\d+$/.test(resourceVersion) ? BigInt(resourceVersion) : null;
}
