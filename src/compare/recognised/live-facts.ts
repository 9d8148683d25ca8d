import type { IngressObject } from "../../model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";

/** What the rules that recognise expected differences read from a live object. */
export interface LiveFacts {
  /** `namespace/name`. */
  readonly identity: string;
  readonly annotations: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<string, string>;
  /** The field managers that own a label. */
  readonly labelManagers: (label: string) => readonly string[];
  /** Whether managedFields name somebody for `spec.ingressClassName`; null where they cannot tell. */
  readonly isClassOwned: boolean | null;
}

export function readLiveFacts(live: IngressObject): LiveFacts {
  const metadata = objectIn(live, "metadata");
  return {
    identity: `${String(metadata.namespace)}/${String(metadata.name)}`,
    annotations: stringsIn(metadata, "annotations"),
    labels: stringsIn(metadata, "labels"),
    labelManagers: (label) => labelManagers(metadata.managedFields, label),
    isClassOwned: isClassOwned(metadata.managedFields),
  };
}

function objectIn(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isJsonObject(value) ? value : {};
}

function stringsIn(object: JsonObject, name: string): ReadonlyMap<string, string> {
  const entries = Object.entries(objectIn(object, name));
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

function labelManagers(managedFields: Json | undefined, label: string): readonly string[] {
  const entries: readonly Json[] = Array.isArray(managedFields) ? managedFields : [];
  return entries.filter(isJsonObject).flatMap((entry) => {
    const labels = objectIn(objectIn(objectIn(entry, "fieldsV1"), "f:metadata"), "f:labels");
    return Object.hasOwn(labels, `f:${label}`) && typeof entry.manager === "string" ? [entry.manager] : [];
  });
}

/** The server names it for whatever an object without managedFields held when it was first applied to. */
const OWNER_OF_EVERYTHING = "before-first-apply";

function isClassOwned(managedFields: Json | undefined): boolean | null {
  const entries: readonly Json[] = Array.isArray(managedFields) ? managedFields : [];
  const known = entries.filter(isJsonObject).filter(({ manager }) => manager !== OWNER_OF_EVERYTHING);
  const owned = known.map((entry) => objectIn(objectIn(entry, "fieldsV1"), "f:spec"));
  if (owned.some((spec) => "f:ingressClassName" in spec)) return true;
  const isWhole = known.length === entries.length && owned.some((spec) => Object.keys(spec).length > 0);
  return isWhole ? false : null;
}
