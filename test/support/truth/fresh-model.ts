import { type IngressModel, UNWRITTEN } from "./ingress-model.ts";
import { type FreshName, freshBackend, freshPath } from "./model-edits.ts";
import type { Random } from "./random.ts";

/** A new Ingress of ordinary size. */
export function freshModel(random: Random, fresh: FreshName): IngressModel {
  const times = <Value>(count: number, make: () => readonly [string, Value]): Record<string, Value> =>
    Object.fromEntries(Array.from({ length: count }, make));
  return {
    ...UNWRITTEN,
    annotations: times(random.int(4), () => [`example.com/${fresh("note")}`, fresh("value")]),
    labels: times(1 + random.int(2), () => [fresh("label"), fresh("value")]),
    class: random.chance(0.8) ? { name: "nginx" } : {},
    defaultBackend: random.chance(0.2) ? freshBackend(random, fresh) : {},
    rules: times(1 + random.int(3), () => [
      `${fresh("host")}.example.com`,
      times(1 + random.int(3), () => [freshPath(random, fresh), freshBackend(random, fresh)]),
    ]),
    tls: times(random.int(3), () => [
      fresh("tls"),
      times(1 + random.int(2), () => [`${fresh("host")}.example.com`, "yes"]),
    ]),
  };
}
