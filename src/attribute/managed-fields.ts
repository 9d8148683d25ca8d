import type { FieldPath } from "../model/field-path.ts";
import type { IngressObject } from "../model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";

/** One entry of `metadata.managedFields`. */
export interface FieldManagerEntry {
  readonly manager: string;
  readonly operation: string;
  /** UTC, ISO 8601 with seconds; null where the entry has none. */
  readonly at: string | null;
  readonly subresource: string;
  readonly fields: JsonObject;
}

/** A manager that owns a field, or the atomic list that holds it. */
export interface FieldOwner {
  readonly entry: FieldManagerEntry;
  /** False where only an atomic list above the field is owned: the manager wrote the list, perhaps not this field. */
  readonly isExact: boolean;
}

/**
 * The entries of an object's managedFields; those that are not understood are left out.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function fieldManagerEntries(object: IngressObject): FieldManagerEntry[] {
  const metadata = object.metadata;
  const entries = isJsonObject(metadata) ? metadata.managedFields : undefined;
  return Array.isArray(entries) ? entries.flatMap(parseEntry) : [];
}

/** The managers of a field. Empty for removed fields: nobody owns what is not there. */
export function fieldOwners(entries: readonly FieldManagerEntry[], field: FieldPath): FieldOwner[] {
  return entries.flatMap((entry) => {
    const isExact = entry.subresource === "" ? ownership(entry.fields, field) : null;
    return isExact === null ? [] : [{ entry, isExact }];
  });
}

/**
 * The managers that are certain to have written the field: those that own it itself. A whole object is a manager's only
 * where nobody else has written to it; reports to the status do not count.
 *
 * @param isManager Takes the managers asked for.
 */
export function certainOwners(
  entries: readonly FieldManagerEntry[],
  field: FieldPath,
  isManager: (manager: string) => boolean,
): FieldOwner[] {
  if (field.length > 0) {
    return fieldOwners(entries, field).filter(({ entry, isExact }) => isExact && isManager(entry.manager));
  }
  const writers = entries.filter((entry) => !isOfStatus(entry));
  return writers.every(({ manager }) => isManager(manager))
    ? writers.map((entry) => ({ entry, isExact: true }))
    : [];
}

/** A report to the status, through its subresource or, as old controllers do, without. */
export function isOfStatus({ subresource, fields }: FieldManagerEntry): boolean {
  const names = Object.keys(fields);
  return subresource === "status" || (names.length > 0 && names.every((name) => name === "f:status"));
}

function parseEntry(value: Json): FieldManagerEntry[] {
  if (!isJsonObject(value) || typeof value.manager !== "string") return [];
  return [
    {
      manager: value.manager,
      operation: typeof value.operation === "string" ? value.operation : "",
      at: typeof value.time === "string" ? value.time : null,
      subresource: typeof value.subresource === "string" ? value.subresource : "",
      fields: isJsonObject(value.fieldsV1) ? value.fieldsV1 : {},
    },
  ];
}

/**
 * The fields of an Ingress that have one owner with all that is below them. `f:annotations: {}`, in contrast, is what
 * is left to who made the map and has lost its keys to others.
 *
 * @see `+listType=atomic` and `+structType=atomic` in k8s.io/api/networking/v1/types.go
 */
const ATOMIC: ReadonlySet<string> = new Set(["rules", "tls", "port", "resource"]);

/** Fields that are owned part by part: bare, they are what is left to who made them. */
const GRANULAR: ReadonlySet<string> = new Set(["defaultBackend", "service", "annotations", "labels"]);

/** null: not owned. FieldsV1 has `f:name` for a field, `k:{…}` for a list entry by key, `v:…` for a set's member. */
function ownership(fields: JsonObject, path: FieldPath): boolean | null {
  let node: JsonObject = fields;
  for (const [depth, segment] of path.entries()) {
    const child = childOf(node, segment);
    if (child === null) return path[0] === "spec" && ATOMIC.has(path[depth - 1] ?? "") ? false : null;
    node = child;
  }
  return GRANULAR.has(path.at(-1) ?? "") && isBare(node) ? null : true;
}

function isBare(node: JsonObject): boolean {
  return Object.keys(node).every((key) => key === ".");
}

function childOf(node: JsonObject, segment: string): JsonObject | null {
  const entry = segment.match(/^\[("(?:[^"\\]|\\.)*")\]/)?.[1];
  const name = entry === undefined ? segment : (JSON.parse(entry) as string);
  const keyed = segment.match(/^\[uid=("(?:[^"\\]|\\.)*")\]/)?.[1];
  for (const key of [`f:${name}`, `v:${JSON.stringify(name)}`, `k:{"uid":${keyed ?? '""'}}`]) {
    const child = Object.hasOwn(node, key) ? node[key] : undefined;
    if (isJsonObject(child)) return child;
  }
  return null;
}
