import type { ApplyWay } from "../../compare/predict-apply.ts";
import type { IngressObject } from "../../model/ingress.ts";
import { isJsonObject, type Json } from "../../model/json.ts";

/**
 * The live object without what the manifest clears by naming it as nothing, whoever set it: `rules: []`, `tls: []` and
 * `ingressClassName: null`. Every other field that is empty or null leaves the live one as it is.
 */
export function withoutCleared(live: IngressObject, manifest: IngressObject): IngressObject {
  const named = manifest.spec;
  if (!isJsonObject(live.spec) || !isJsonObject(named)) return live;
  const kept = Object.entries(live.spec).filter(([name]) => !isCleared(name, named[name]));
  return { ...live, spec: Object.fromEntries(kept) };
}

function isCleared(name: string, named: Json | undefined): boolean {
  if (name === "ingressClassName") return named === null;
  return (name === "rules" || name === "tls") && Array.isArray(named) && named.length === 0;
}

/** Client-side apply leaves out a label that is null; every other way stores the empty string. */
export function withoutDropped(manifest: IngressObject, way: ApplyWay): IngressObject {
  const { metadata } = manifest;
  if (way !== "client-side" || !isJsonObject(metadata) || !isJsonObject(metadata.labels)) return manifest;
  const labels = Object.fromEntries(Object.entries(metadata.labels).filter(([, label]) => label !== null));
  return { ...manifest, metadata: { ...metadata, labels } };
}
