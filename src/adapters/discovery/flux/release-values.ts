import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { SourceTree } from "../../../ports/source-renderer.ts";
import { mergeMaps } from "../merge-maps.ts";
import { yamlValue } from "../yaml-values.ts";
import { type ConfigMapReference, declaredConfigMap } from "./declared-config-map.ts";
import type { HelmRelease } from "./flux-objects.ts";

export type ReleaseValues =
  /** On top of the chart's own and of valuesFiles. */
  | {
      readonly kind: "values";
      readonly values: JsonObject | null;
      /** Files that declare ConfigMaps of it. */
      readonly files: readonly string[];
    }
  | { readonly kind: "unknown"; readonly reason: string };

type Reference = NonNullable<HelmRelease["spec"]["valuesFrom"]>[number];

/**
 * The values that a HelmRelease gives its chart: those of valuesFrom in their order, then its own. A ConfigMap counts
 * where Git declares it; a Secret is never read.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#values
 */
export async function releaseValues(
  { values, valuesFrom }: HelmRelease["spec"],
  place: Pick<ConfigMapReference, "namespace" | "from">,
  tree: SourceTree,
): Promise<ReleaseValues> {
  const files: string[] = [];
  let merged: JsonObject = {};
  for (const reference of valuesFrom ?? []) {
    const { kind, name, optional } = reference;
    const found = kind === "ConfigMap" ? await declaredConfigMap({ name, ...place }, tree) : null;
    if (found === null && optional) continue;
    if (found === null)
      return unknown(`it takes values from ${kind} ${name}, which Git does not declare in the clear`);
    files.push(...found.files);
    const text = found.data[reference.valuesKey ?? "values.yaml"];
    if (text === undefined && optional) continue;
    const read = text === undefined ? null : referredValues(text, reference);
    if (read === null) return unknown(`what it takes from ConfigMap ${name} is no map of values`);
    merged = mergeMaps(merged, read);
  }
  const own = values ?? null;
  const isAny = (valuesFrom ?? []).length > 0;
  return { kind: "values", values: isAny ? mergeMaps(merged, own ?? {}) : own, files };
}

/** @returns null where the text is no map, or a value that `--set` would take apart. */
function referredValues(text: string, { targetPath }: Reference): JsonObject | null {
  if (targetPath === null) return parsed(text);
  const value = text.replace(/\n$/, "");
  const isPlain = /^[\w-]+(?:\.[\w-]+)*$/.test(targetPath) && !/[,{}[\]\\'"\n]/.test(value);
  if (!isPlain) return null;
  return targetPath
    .split(".")
    .reduceRight<Json>((inner, name) => ({ [name]: inner }), scalar(value)) as JsonObject;
}

/** As `helm --set` reads a value. */
function scalar(value: string): Json {
  if (value === "true" || value === "false") return value === "true";
  if (value === "null") return null;
  return /^(?:0|-?[1-9]\d{0,14})$/.test(value) ? Number(value) : value;
}

function parsed(text: string): JsonObject | null {
  const value = yamlValue(text);
  if (value === null) return {};
  return isJsonObject(value) ? value : null;
}

function unknown(reason: string): ReleaseValues {
  return { kind: "unknown", reason };
}
