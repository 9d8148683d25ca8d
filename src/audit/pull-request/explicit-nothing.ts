import type { Applier, ApplyWay } from "../../compare/predict-apply.ts";
import type { IngressObject } from "../../model/ingress.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";

/**
 * The live object without what the manifest clears whole, whoever set it. By naming it as nothing: `rules: []`, `tls: []`
 * and `ingressClassName: null`; every other field that is empty or null leaves the live one as it is. Client-side also by
 * naming it no more: labels, finalizers and owners go with all that somebody added to them.
 */
export function withoutCleared(
  live: IngressObject,
  manifest: IngressObject,
  applier: Applier,
): IngressObject {
  return withFields(withFields(live, "metadata", isMetadataKept), "spec", isSpecKept);

  function isMetadataKept(name: string): boolean {
    if (applier.way !== "client-side" || !CLEARED_WHOLE.has(name)) return true;
    return fieldsIn(manifest, "metadata")[name] !== undefined || !applier.releases(["metadata", name]);
  }

  function isSpecKept(name: string): boolean {
    const named = fieldsIn(manifest, "spec")[name];
    if (name === "ingressClassName") return named !== null;
    return !((name === "rules" || name === "tls") && Array.isArray(named) && named.length === 0);
  }
}

/** Not annotations: kubectl always has one of its own there. */
const CLEARED_WHOLE: ReadonlySet<string> = new Set(["labels", "finalizers", "ownerReferences"]);

function withFields(object: IngressObject, root: string, isKept: (name: string) => boolean): IngressObject {
  const kept = Object.entries(fieldsIn(object, root)).filter(([name]) => isKept(name));
  return { ...object, [root]: Object.fromEntries(kept) };
}

function fieldsIn(object: IngressObject, root: string): JsonObject {
  const fields = object[root];
  return isJsonObject(fields) ? fields : {};
}

/** Client-side apply leaves out a label that is null; every other way stores the empty string. */
export function withoutDropped(manifest: IngressObject, way: ApplyWay): IngressObject {
  const { metadata } = manifest;
  if (way !== "client-side" || !isJsonObject(metadata) || !isJsonObject(metadata.labels)) return manifest;
  const labels = Object.fromEntries(Object.entries(metadata.labels).filter(([, label]) => label !== null));
  return { ...manifest, metadata: { ...metadata, labels } };
}
