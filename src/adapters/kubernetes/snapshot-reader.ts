import path from "node:path";
import { AuditError } from "../../model/audit-error.ts";
import type { LiveIngress } from "../../model/ingress.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { Problem } from "../../model/problem.ts";
import type { ClusterReader, LiveSnapshot } from "../../ports/cluster-reader.ts";
import { collectLiveObjects, type LiveObjects } from "./collect-live-objects.ts";
import { isGitOpsObject } from "./gitops-objects.ts";
import { parseSnapshot } from "./parse-snapshot.ts";
import { readSnapshotText } from "./read-snapshot-text.ts";
import { readSnapshotMarks, type SnapshotMarks } from "./snapshot-marks.ts";
import { unwrapLists } from "./unwrap-lists.ts";

export interface SnapshotReaderOptions {
  /** A file, or `-` for standard input. */
  readonly path: string;
  /** Audit these only; `all` that the snapshot holds unless given. */
  readonly namespaces?: "all" | readonly string[];
  /** What `-` reads; the process's own unless given. */
  readonly stdin?: AsyncIterable<Uint8Array | string>;
}

/**
 * Reads what `kubectl get ingress,ingressclass -A -o json --show-managed-fields` prints, or the same as YAML, in one
 * or several documents, gzipped or not, and what {@link writeSnapshot} writes.
 *
 * Only our own snapshots say which namespaces they cover. Of any other it is taken for granted that it is whole:
 * kubectl's output does not tell `-A` from `-n shop`.
 *
 * @throws {AuditError} on read: `snapshot-not-found`, `snapshot-unreadable`, `snapshot-incomplete`,
 *   `snapshot-lacks-namespace`.
 */
export function snapshotReader(options: SnapshotReaderOptions): ClusterReader {
  const source = options.path === "-" ? "on standard input" : options.path;
  const place = options.path === "-" ? "snapshot on standard input" : options.path;
  return {
    read: async (signal) => {
      const text = await readSnapshotText(options.path, options.stdin ?? process.stdin, signal);
      const documents = parseSnapshot(text, source);
      const { items, kinds } = unwrapLists(documents, source);
      const marks = readSnapshotMarks(documents);
      const name = options.path === "-" ? null : path.basename(options.path);
      const gitOpsObjects = items.filter(isGitOpsObject);
      const objects = collectLiveObjects(
        items.filter((item) => !isGitOpsObject(item)),
        place,
      );
      const live = restrict(
        toSnapshot({ objects, marks, kinds, name, place, isOne: isOneIngress(documents) }),
        options.namespaces ?? "all",
        source,
      );
      return gitOpsObjects.length === 0 ? live : { ...live, gitOpsObjects };
    },
  };
}

function toSnapshot({
  objects,
  marks,
  kinds,
  name,
  place,
  isOne,
}: {
  readonly objects: LiveObjects;
  readonly marks: SnapshotMarks;
  readonly kinds: ReadonlySet<Json | undefined>;
  readonly name: string | null;
  /** What problems name as theirs. */
  readonly place: string;
  readonly isOne: boolean;
}): LiveSnapshot {
  // A list of both kinds without an IngressClass looks like a list of Ingresses alone: unknown is not none.
  const hasClasses = marks.hasIngressClasses ?? (kinds.has("IngressClass") || kinds.has("IngressClassList"));
  return {
    cluster: marks.cluster ?? name,
    observedAt: marks.observedAt,
    namespaces: marks.namespaces ?? "all",
    ingresses: objects.ingresses,
    ingressClasses: hasClasses ? objects.ingressClasses : null,
    problems: [
      ...objects.problems,
      ...(isOne ? [ofOneIngress(place)] : []),
      ...(hasClasses ? [] : [withoutClasses(place)]),
      ...(hasManagedFields(objects.ingresses) ? [] : [withoutManagedFields(place)]),
    ],
  };
}

/** What kubectl prints of an Ingress that was asked for by name. */
function isOneIngress([document, ...others]: readonly Json[]): boolean {
  return others.length === 0 && isJsonObject(document) && document.kind === "Ingress";
}

function ofOneIngress(place: string): Problem {
  return {
    path: place,
    line: null,
    code: "snapshot-of-one",
    message: "The snapshot is one Ingress and no list, so every other that Git declares counts as missing",
    remedy: "Take it with: kubectl get ingress,ingressclass -A -o json --show-managed-fields.",
    level: "warning",
  };
}

/** The API server keeps them for every object; kubectl leaves them out unless it is told otherwise. */
function hasManagedFields(ingresses: readonly LiveIngress[]): boolean {
  return (
    ingresses.length === 0 ||
    ingresses.some(
      ({ object }) => isJsonObject(object.metadata) && object.metadata.managedFields !== undefined,
    )
  );
}

function withoutManagedFields(place: string): Problem {
  return {
    path: place,
    line: null,
    code: "managed-fields-missing",
    message: "No Ingress of the snapshot has managedFields, so nothing tells which program wrote what",
    remedy: "Take it with: kubectl get ingress,ingressclass -A -o json --show-managed-fields.",
    level: "warning",
  };
}

function withoutClasses(place: string): Problem {
  return {
    path: place,
    line: null,
    code: "ingress-classes-unknown",
    message: "The snapshot holds no IngressClass, so a class that the API server filled in cannot be told",
    remedy: "List both kinds: kubectl get ingress,ingressclass -A -o json --show-managed-fields.",
    level: "warning",
  };
}

function restrict(live: LiveSnapshot, wanted: "all" | readonly string[], source: string): LiveSnapshot {
  if (wanted === "all") return live;
  const covered = live.namespaces;
  const missing = covered === "all" ? [] : wanted.filter((namespace) => !covered.includes(namespace));
  if (missing.length > 0) throw lacksNamespaces(missing, source);
  const chosen = new Set(wanted);
  return {
    ...live,
    namespaces: [...chosen].sort(),
    ingresses: live.ingresses.filter(({ id }) => chosen.has(id.namespace)),
    problems: live.problems.filter(({ ingress }) => ingress === undefined || chosen.has(ingress.namespace)),
  };
}

function lacksNamespaces(missing: readonly string[], source: string): AuditError {
  return new AuditError({
    code: "snapshot-lacks-namespace",
    what: `The snapshot ${source} was not taken of namespace ${missing.join(", ")}`,
    where: { snapshot: source },
    mend: "Take one that covers it: ingress-audit snapshot -A.",
  });
}
