import { type FieldManagerEntry, fieldManagerEntries, fieldOwners } from "../../attribute/managed-fields.ts";
import type { WriterPolicy } from "../../attribute/verdict/writer-policy.ts";
import { keyIngress } from "../../compare/key-ingress.ts";
import type { Applier } from "../../compare/predict-apply.ts";
import type { FieldPath } from "../../model/field-path.ts";
import type { IngressObject } from "../../model/ingress.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { type KeyedIngress, keyedValueAt } from "../../model/keyed-ingress.ts";

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/**
 * How the next manifest will be applied, as far as the live object shows how the last one was: by server-side apply of
 * a deployer or of kubectl, else by client-side apply where its annotation is there, else by anybody's server-side
 * apply. Where nothing shows it, by a three-way merge with what Git declared before, as Helm does it.
 *
 * @param base What Git declared before; null where it declared nothing.
 */
export function applierOf(live: IngressObject, base: KeyedIngress | null, policy: WriterPolicy): Applier {
  const entries = fieldManagerEntries(live);
  const applies = entries.filter(({ operation, subresource }) => operation === "Apply" && subresource === "");
  const keepsLastApplied = applies.some(({ manager }) => manager === KEEPER);
  const known = applies.filter(
    ({ manager }) => policy.isDeployerManager(manager) || (keepsLastApplied && manager === "kubectl"),
  );
  const lastApplied = known.length === 0 ? lastAppliedOf(live) : null;
  if (lastApplied !== null) return clientSide(lastApplied);
  const applier = newest(known) ?? newest(applies);
  return applier === null ? clientSide(base) : serverSide(applier, entries, live);
}

/** Where server-side apply took over from client-side apply, kubectl keeps the old annotation under this name. */
const KEEPER = "kubectl-last-applied";

/** Kubectl and Helm take away what the last manifest named and the new one does not, whoever changed it since. */
function clientSide(last: KeyedIngress | null): Applier {
  return { way: "client-side", releases: (field) => last !== null && names(last, field) };
}

function names(ingress: KeyedIngress, field: FieldPath): boolean {
  const value = keyedValueAt(ingress, field);
  return value !== undefined && !(isJsonObject(value) && Object.keys(value).length === 0);
}

/** The API server takes away what the manager alone owns: what somebody else has written since is theirs. */
function serverSide(
  { manager }: FieldManagerEntry,
  entries: readonly FieldManagerEntry[],
  live: IngressObject,
): Applier {
  const isOwn = (entry: FieldManagerEntry) =>
    (entry.manager === manager && entry.operation === "Apply") || isTakenOver(entry, manager, live);
  return {
    way: "server-side",
    releases: (field) => {
      const owners = fieldOwners(entries, field).filter(({ isExact }) => isExact);
      return owners.length > 0 && owners.every(({ entry }) => isOwn(entry));
    },
  };
}

/**
 * Before it applies, Flux makes its own what kubectl has written, unless the object asks for a merge.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#kustomizetoolkitfluxcdiossa
 */
function isTakenOver(entry: FieldManagerEntry, manager: string, live: IngressObject): boolean {
  if (manager !== "kustomize-controller") return false;
  const policy = annotationsOf(live)["kustomize.toolkit.fluxcd.io/ssa"];
  if (typeof policy === "string" && policy.toLowerCase() === "merge") return false;
  return entry.manager.startsWith("kubectl") || entry.manager === "before-first-apply";
}

function newest(entries: readonly FieldManagerEntry[]): FieldManagerEntry | null {
  return entries.toSorted((left, right) => Date.parse(right.at ?? "") - Date.parse(left.at ?? ""))[0] ?? null;
}

function lastAppliedOf(live: IngressObject): KeyedIngress | null {
  const text = annotationsOf(live)[LAST_APPLIED];
  if (typeof text !== "string") return null;
  try {
    const object: unknown = JSON.parse(text);
    return isJsonObject(object) ? keyIngress(object) : null;
  } catch {
    return null;
  }
}

function annotationsOf({ metadata }: IngressObject): JsonObject {
  const annotations = isJsonObject(metadata) ? metadata.annotations : undefined;
  return isJsonObject(annotations) ? annotations : {};
}
