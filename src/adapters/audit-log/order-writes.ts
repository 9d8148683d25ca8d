import type { ClusterWrite } from "../../model/cluster-write.ts";

/**
 * The order in which the server made the writes. The resourceVersion gives it: one counter counts all objects of the
 * cluster. Where a write has none, it stands after the last write of its own object (a delete ends it), or after the
 * last write that had ended by then; ties go by time, then by the log's order.
 */
export function orderWrites(writes: readonly ClusterWrite[]): ClusterWrite[] {
  const lastOfObject = lastVersions(writes);
  const timeline = versionsInTime(writes);
  const ranked = writes.map((write, index) => {
    const own = versionOf(write);
    const version = own ?? lastOfObject.get(write.uid ?? "") ?? versionBefore(timeline, write.at);
    return { write, index, version, isOwn: own !== null };
  });
  return ranked
    .toSorted(
      (left, right) =>
        compare(left.version, right.version) ||
        Number(right.isOwn) - Number(left.isOwn) ||
        compare(left.write.at, right.write.at) ||
        left.index - right.index,
    )
    .map(({ write }) => write);
}

function versionOf({ resourceVersion }: ClusterWrite): bigint | null {
  return resourceVersion !== null && /^\d+$/.test(resourceVersion) ? BigInt(resourceVersion) : null;
}

function lastVersions(writes: readonly ClusterWrite[]): Map<string, bigint> {
  const last = new Map<string, bigint>();
  for (const write of writes) {
    const version = versionOf(write);
    if (write.uid === null || version === null) continue;
    if (version > (last.get(write.uid) ?? -1n)) last.set(write.uid, version);
  }
  return last;
}

interface Dated {
  readonly at: string;
  readonly version: bigint;
}

/** By time, each with the highest version until then. */
function versionsInTime(writes: readonly ClusterWrite[]): Dated[] {
  const dated = writes.flatMap((write) => {
    const version = versionOf(write);
    return version === null ? [] : [{ at: write.at, version }];
  });
  let highest = -1n;
  return dated
    .toSorted((left, right) => compare(left.at, right.at))
    .map(({ at, version }) => {
      highest = version > highest ? version : highest;
      return { at, version: highest };
    });
}

/** -1 where no write had ended by then. */
function versionBefore(timeline: readonly Dated[], at: string): bigint {
  let low = 0;
  let high = timeline.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timeline[middle]?.at ?? "") <= at) low = middle + 1;
    else high = middle;
  }
  return timeline[low - 1]?.version ?? -1n;
}

function compare<T extends bigint | string>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
