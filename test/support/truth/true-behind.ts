import type { FieldPath } from "../../../src/model/field-path.ts";
import { CHALLENGE, SOLVER } from "./certificate-controller.ts";
import type { TrueWrite } from "./cluster-record.ts";
import { type FieldDifference, type Probe, partsThatDiffer, presenceProbe } from "./field-tree.ts";
import type { Story } from "./life.ts";

export interface Behind {
  /** The write that is behind the divergence; null where there was none. */
  readonly write: TrueWrite | null;
  /** The write since which the cluster has the value: of an entry, perhaps another one. */
  readonly last: TrueWrite | null;
  /** Of an entry that the deployer put there: nobody but a controller has changed it since. */
  readonly isAsDeployed?: boolean;
  /** Of an entry that was put there by another: who changed what still stands, newest first. */
  readonly told: readonly TrueWrite[];
}

/** Who is behind a divergence in the cluster. */
export function behind(story: Story, key: string, difference: FieldDifference): Behind {
  const decisive = decisiveWrite(story, key, difference);
  if (difference.change !== "added" || !difference.isEntry) return alone(decisive);
  if (difference.path.length > 0) return behindEntry(story, key, difference, decisive);
  const index = story.cluster.lastChange(key, difference) ?? 0;
  return { ...alone(decisive), told: others(standing(story, key, difference, index), decisive) };
}

/** A challenge's path in an Ingress of Git's, or a solver's whole Ingress. */
export function isControllers(key: string, path: FieldPath): boolean {
  return path.length === 0 ? key.includes(SOLVER) : path.some((segment) => segment.includes(CHALLENGE));
}

function alone(write: TrueWrite | null): Behind {
  return { write, last: write, told: [] };
}

/**
 * The write behind the live value: the last that changed the field, unless the deployer has since applied a commit
 * that says the same. Then the cluster holds what Git declared at that commit, whoever was first.
 */
function decisiveWrite({ cluster }: Story, key: string, probe: Probe): TrueWrite | null {
  const changed = cluster.lastChange(key, probe);
  if (changed === null) return null;
  const writes = cluster.writes(key);
  const live = probe.text(cluster.live.get(key));
  // The deployer leaves alone what is being deleted already.
  const isGoing = probe.path.length === 0 && live === "no object";
  const confirmed = writes.findLast(
    ({ deployed }, index) =>
      index >= changed && !isGoing && deployed !== null && probe.text(deployed.model) === live,
  );
  return confirmed ?? writes[changed] ?? null;
}

/**
 * An entry is whose who put it there. Where the deployer or the controller did, and a hand has changed what is there,
 * it is the hand's: no Git holds it.
 */
function behindEntry(
  { cluster, ...story }: Story,
  key: string,
  probe: Probe,
  decisive: TrueWrite | null,
): Behind {
  const writes = cluster.writes(key);
  const presence = presenceProbe(probe);
  const put = cluster.lastChange(key, presence);
  const last = writes[cluster.lastChange(key, probe) ?? -1] ?? null;
  if (put === null || decisive === null || isConfirmed(decisive, cluster.live.get(key), probe))
    return alone(decisive);
  const declared = writes.findLastIndex(
    ({ deployed }, index) => index >= put && deployed !== null && presence.text(deployed.model) === "present",
  );
  const origin = writes[declared >= 0 ? declared : put] ?? null;
  const changes = standing({ cluster, ...story }, key, probe, declared >= 0 ? declared : put);
  const isExpected = declared >= 0 || (origin?.role === "controller" && isControllers(key, probe.path));
  if (!isExpected) return { write: origin, last, told: others(changes, origin) };
  const [newest, ...rest] = changes.filter(({ role }) => role === "hand");
  return newest === undefined
    ? { ...alone(origin), isAsDeployed: true }
    : { write: newest, last, told: others(rest, newest) };
}

function isConfirmed({ deployed }: TrueWrite, live: TrueWrite["after"], probe: Probe): boolean {
  return deployed !== null && probe.text(deployed.model) === probe.text(live);
}

/** The writes since then by which a part of it is another now, newest first. */
function standing({ cluster }: Story, key: string, { path }: Probe, since: number): TrueWrite[] {
  const writes = cluster.writes(key);
  const [before, live] = [writes[since]?.after, cluster.live.get(key)];
  if (before === undefined || live === undefined) return [];
  const indices = partsThatDiffer(before, live, path)
    .map((part) => cluster.lastChange(key, part))
    .filter((index) => index !== null);
  return [...new Set(indices)].sort((left, right) => right - left).flatMap((index) => writes[index] ?? []);
}

function others(writes: readonly TrueWrite[], than: TrueWrite | null): TrueWrite[] {
  return writes.filter(
    ({ impersonatedBy, role, user }) =>
      role === "hand" && (user !== than?.user || impersonatedBy !== than.impersonatedBy),
  );
}
