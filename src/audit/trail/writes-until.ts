import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { LiveIngress } from "../../model/ingress.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";

/**
 * The writes to one Ingress that happened before the cluster was read: a log may go on after it, and what came later
 * says nothing of the live object. The object's own resourceVersion tells, where there is one, and the clocks only
 * where nothing else does.
 *
 * @param writes     In the order in which the server made them.
 * @param live       null where the cluster has no such object.
 * @param observedAt When the cluster was read; null where unknown.
 */
export function writesUntil(
  writes: readonly ClusterWrite[],
  live: LiveIngress | null,
  observedAt: string | null,
): readonly ClusterWrite[] {
  const isLater = (write: ClusterWrite) =>
    observedAt !== null && Date.parse(write.at) > Date.parse(observedAt);
  if (live === null) return writes.filter((write) => !isLater(write));
  const metadata = isJsonObject(live.object.metadata) ? live.object.metadata : {};
  const version = versionOf(metadata.resourceVersion);
  const isLive = ({ uid }: ClusterWrite) => uid !== null && uid === metadata.uid;
  // Writes that change nothing keep the version, so that only the first of them is known to be the live object's own.
  const own = writes.find((write) => isLive(write) && versionOf(write.resourceVersion) === version);
  return writes.filter((write) => {
    const written = isLive(write) ? versionOf(write.resourceVersion) : null;
    if (written === null || version === null) {
      return !isLater(write) && !(isLive(write) && endsObject(write, metadata));
    }
    return written < version || write === own || (written === version && !isLater(write));
  });
}

/** The object is there, so a delete that took it away came later. One that a finalizer holds has its deletion's time. */
function endsObject({ verb, after }: ClusterWrite, metadata: JsonObject): boolean {
  return verb === "delete" && after === null && metadata.deletionTimestamp === undefined;
}

function versionOf(value: unknown): bigint | null {
  return typeof value === "string" && /^\d+$/.test(value) ? BigInt(value) : null;
}
