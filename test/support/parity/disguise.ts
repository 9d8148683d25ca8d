import { isJsonObject, type JsonObject } from "../../../src/model/json.ts";
import type { Random } from "../truth/random.ts";

const LISTS = ["rules", "tls"] as const;

/** The same Ingress to the API server, otherwise written: what is empty stands there as empty or null. */
export function disguised(manifest: JsonObject, random: Random): JsonObject {
  const { metadata, spec } = manifest;
  if (!isJsonObject(metadata) || !isJsonObject(spec)) return manifest;
  const empty = (value: JsonObject[string]) => (random.chance(0.3) ? random.pick([value, null]) : undefined);
  const lists = LISTS.map((name) => [name, spec[name] ?? empty([])] as const);
  const maps = ["annotations", "labels"].map((name) => [name, metadata[name] ?? empty({})] as const);
  return {
    ...manifest,
    metadata: { ...metadata, ...given(maps), ...given([["creationTimestamp", empty(null)]]) },
    spec: {
      ...spec,
      ...given(lists),
      ...given([["ingressClassName", spec.ingressClassName ?? (random.chance(0.2) ? null : undefined)]]),
    },
  };
}

function given(fields: readonly (readonly [string, JsonObject[string] | undefined])[]): JsonObject {
  return Object.fromEntries(fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
