import type { Applier, ApplyWay } from "../../compare/predict-apply.ts";
import type { IngressObject } from "../../model/ingress.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";

/**
 * The live object without what the manifest clears whole, whoever set it. By naming it as nothing: `rules` and `tls` as `[]`
 * or null, and `ingressClassName: null`. Client-side also by naming any other as null, and labels, finalizers and owners by
 * naming them no more, with all that somebody added to them. Whatever else is empty or null leaves the live one as it is.
 */
export function withoutCleared(
  live: IngressObject,
  manifest: IngressObject,
  applier: Applier,
): IngressObject {
  return withFields(withFields(live, "metadata", isMetadataKept), "spec", isSpecKept);

  function isMetadataKept(name: string): boolean {
    if (applier.way !== "client-side" || !CLEARED_WHOLE.has(name)) return true;
    const named = fieldsIn(manifest, "metadata")[name];
    return named !== null && (named !== undefined || !applier.releases(["metadata", name]));
  }

  function isSpecKept(name: string): boolean {
    const named = fieldsIn(manifest, "spec")[name];
    if (named === null) return applier.way !== "client-side" && !REPLACED_WHOLE.has(name);
    return !(REPLACED_WHOLE.has(name) && Array.isArray(named) && named.length === 0);
  }
}

/** Those that are one value each, so that no part of what is live outlasts another one. */
const REPLACED_WHOLE: ReadonlySet<string> = new Set(["rules", "tls", "ingressClassName"]);

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
