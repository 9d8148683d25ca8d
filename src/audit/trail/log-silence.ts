import { fieldManagerEntries, isOfStatus } from "../../attribute/managed-fields.ts";
import type { LogSilence } from "../../attribute/verdict/field-evidence.ts";
import { metadataOf } from "../../attribute/writes/known-state.ts";
import type { ClusterWrite } from "../../model/cluster-write.ts";
import { ingressKey, type LiveIngress } from "../../model/ingress.ts";
import type { AuditTrailContent } from "../../ports/audit-trail.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import { MIXED } from "./own-writes.ts";

/**
 * Whether what the audit log does not show did not happen: only if it is whole, logs Ingresses, and goes on to when the
 * cluster was read. A policy that logs writes to Ingresses alone leaves a log whose last event may be days old, and
 * nothing tells it from one that was cut off then.
 *
 * @see docs/decisions/0009-what-a-log-does-not-show.md
 */
export function logSilence(trail: AuditTrailContent, live: LiveSnapshot): LogSilence {
  const { firstEventAt, lastEventAt, problems, refused, writes } = trail;
  if (problems.some(({ code }) => code === MIXED)) {
    return { kind: "lacking", reason: "the audit log has events of another cluster too" };
  }
  if (problems.some(({ code }) => LOST_WRITES.has(code))) {
    return { kind: "lacking", reason: "the audit log has a write to an Ingress that could not be read" };
  }
  if (problems.some(({ code }) => LOST_LINES.has(code))) {
    return {
      kind: "lacking",
      reason: "the audit log has lines that could not be read, which may be any writes",
    };
  }
  const unread = problems.length > 0 ? doubtful("a part of the audit log could not be read") : null;
  if (firstEventAt === null || lastEventAt === null || writes.length + refused.length === 0) {
    return unread ?? doubtful("the audit log has no write to any Ingress, as if its policy left them out");
  }
  const writesOf = Map.groupBy(writes, ({ id }) => ingressKey(id));
  const lacking = live.ingresses.find((ingress) =>
    lacksWrite(ingress, writesOf.get(ingressKey(ingress.id)) ?? [], firstEventAt),
  );
  if (lacking !== undefined) {
    const reason = `the audit log lacks a write to ${ingressKey(lacking.id)} that the cluster shows`;
    return { kind: "lacking", reason };
  }
  if (unread !== null) return unread;
  if (live.observedAt === null) return doubtful("the snapshot does not say when it was taken");
  if (Date.parse(lastEventAt) >= Date.parse(live.observedAt)) return { kind: "counts" };
  const ended = lastEventAt.replace(/\.\d+Z$/, "Z");
  return doubtful(`the audit log ends at ${ended}, before the cluster was read`);
}

/** Problems of events that were writes to an Ingress, whichever it was. */
const LOST_WRITES: ReadonlySet<string> = new Set(["audit-log-event-incomplete", "audit-log-object-unnamed"]);

/** Of lines that may have told of any event. The last line of a log that is still written is none of them. */
const LOST_LINES: ReadonlySet<string> = new Set([
  "audit-log-line-unreadable",
  "audit-log-line-too-long",
  "audit-log-archive-damaged",
]);

function doubtful(reason: string): LogSilence {
  return { kind: "doubtful", reason };
}

/** Whether the object shows a write, by a time that the server stamped, that should be in the log and is not. */
function lacksWrite(ingress: LiveIngress, writes: readonly ClusterWrite[], firstEventAt: string): boolean {
  const times = writes.map(({ at }) => Date.parse(at));
  const isLogged = (stamp: number) => times.some((time) => time >= stamp && time <= stamp + SLACK_MS);
  return stampsOf(ingress).some((stamp) => stamp > Date.parse(firstEventAt) && !isLogged(stamp));
}

/** A stamp is to the second, and the event's time that of its answer. */
const SLACK_MS = 6_000;

/** Restored objects bring older stamps with them; writes to the status are logged or not, as one likes. */
function stampsOf({ object }: LiveIngress): number[] {
  const created = Date.parse(String(metadataOf(object).creationTimestamp));
  const written = fieldManagerEntries(object)
    .filter((entry) => !isOfStatus(entry) && !SERVERS_OWN.has(entry.manager))
    .map(({ at }) => Date.parse(at ?? ""));
  return [created, ...written].filter((time) => time >= created);
}

const SERVERS_OWN: ReadonlySet<string> = new Set(["before-first-apply", "ancient-changes"]);
