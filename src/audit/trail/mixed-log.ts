import { metadataOf } from "../../attribute/writes/known-state.ts";
import type { ClusterWrite } from "../../model/cluster-write.ts";
import { ingressKey, type LiveIngress } from "../../model/ingress.ts";
import type { AuditTrailContent } from "../../ports/audit-trail.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";

/** What shows that an audit log has events of another cluster too. */
export interface MixedLog {
  /** One sentence's worth: what cannot be in one cluster. */
  readonly sign: string;
}

/**
 * Whether a log holds what cannot have happened in one cluster, so that another's events are in it: an Ingress that was
 * written after another of its name had been created, or versions that go back though the cluster counts them up. (A
 * cluster that was restored from a backup does so too, and what its log says of the time before is as little worth.)
 *
 * @returns null where it does not. Clusters that share no name of an Ingress, or have run one after the other, leave no
 *   sign.
 */
export function mixedLog(trail: AuditTrailContent, live: LiveSnapshot): MixedLog | null {
  const liveByKey = new Map(live.ingresses.map((ingress) => [ingressKey(ingress.id), ingress]));
  const writesByKey = Map.groupBy(trail.writes, ({ id }) => ingressKey(id));
  for (const [key, writes] of writesByKey) {
    const stale = writtenAfterItsEnd(writes, liveByKey.get(key), live.observedAt);
    if (stale !== null) {
      return {
        sign: `${key} of uid ${stale.uid} was written at ${stale.at}, after another ${key} was created`,
      };
    }
  }
  const older = goneBack(trail.writes);
  return older === null
    ? null
    : {
        sign: `${ingressKey(older.id)} has resourceVersion ${older.resourceVersion} at ${older.at}, less than others long before`,
      };
}

/** The creation's stamp is to the second, and the clocks of API servers differ a little. */
const SLACK_MS = 5_000;

/** In one cluster the first of two objects of one name is gone when the second one is created. */
function writtenAfterItsEnd(
  writes: readonly ClusterWrite[],
  live: LiveIngress | undefined,
  observedAt: string | null,
): ClusterWrite | null {
  const created = creations(writes, live);
  const [liveUid, liveVersion] = [uidOf(live?.object), versionOf(metadataOf(live?.object).resourceVersion)];
  const isStale = (write: ClusterWrite) =>
    [...created].some(([uid, at]) => {
      if (write.uid === null || uid === write.uid || Date.parse(write.at) <= at + SLACK_MS) return false;
      if (uid === liveUid) return isBeforeReading(write, liveVersion, observedAt);
      return (created.get(write.uid) ?? at) < at;
    });
  return writes.find(isStale) ?? null;
}

/** By uid, in milliseconds since the epoch. */
function creations(writes: readonly ClusterWrite[], live: LiveIngress | undefined): Map<string, number> {
  const objects = [...writes.map(({ after }) => after), live?.object];
  return new Map(
    objects.flatMap((object) => {
      const { creationTimestamp, uid } = metadataOf(object);
      const at = Date.parse(String(creationTimestamp));
      return typeof uid === "string" && !Number.isNaN(at) ? [[uid, at] as const] : [];
    }),
  );
}

/** A log may go on after the cluster was read, when the live object was perhaps deleted and made anew. */
function isBeforeReading(
  write: ClusterWrite,
  liveVersion: bigint | null,
  observedAt: string | null,
): boolean {
  if (observedAt !== null) return Date.parse(write.at) < Date.parse(observedAt);
  const version = versionOf(write.resourceVersion);
  return version !== null && liveVersion !== null && version < liveVersion;
}

/** Longer than any request lasts: its version is given at some time of it, and its event bears the time of its end. */
const LONGEST_REQUEST_MS = 90_000;

/** The first creation that has a lower version than a write which had ended long before it. What changes nothing keeps an old one. */
function goneBack(writes: readonly ClusterWrite[]): ClusterWrite | null {
  const dated = writes
    .flatMap((write) => {
      const version = versionOf(write.resourceVersion);
      return version === null ? [] : [{ write, version, at: Date.parse(write.at) }];
    })
    .toSorted((left, right) => left.at - right.at);
  let highest = -1n;
  let passed = 0;
  for (const { at, version, write } of dated) {
    for (
      let next = dated[passed];
      next !== undefined && next.at < at - LONGEST_REQUEST_MS;
      next = dated[passed]
    ) {
      highest = next.version > highest ? next.version : highest;
      passed++;
    }
    if (write.verb === "create" && version < highest) return write;
  }
  return null;
}

export function uidOf(object: ClusterWrite["after"]): string | null {
  const { uid } = metadataOf(object);
  return typeof uid === "string" ? uid : null;
}

function versionOf(value: unknown): bigint | null {
  return typeof value === "string" && /^\d+$/.test(value) ? BigInt(value) : null;
}
