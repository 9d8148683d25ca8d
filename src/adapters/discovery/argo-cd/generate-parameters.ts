import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { mergeMaps } from "../merge-maps.ts";
import { clusterParameters, type KnownCluster } from "./cluster-generator.ts";
import { fillTemplate, type TemplateLanguage } from "./fill-template.ts";
import { type GitSurroundings, gitParameters } from "./git-generator.ts";
import { labelSelector } from "./label-selector.ts";

/** Names that the template may use, each a value or a map of values. */
export type Parameters = JsonObject;

/** Sets of parameters, each for one Application; or in words why they cannot be told. */
export type Generated = readonly Parameters[] | string;

export interface Surroundings extends GitSurroundings {
  /** Clusters that Argo CD knows; null where that is not known. */
  readonly clusters: readonly KnownCluster[] | null;
  readonly language: TemplateLanguage;
  /** Of the first generator of a matrix, for the second. */
  readonly outer?: Parameters;
}

/**
 * What one generator of an ApplicationSet generates: a list, git, cluster, matrix or merge generator.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators/
 */
export async function generateParameters(generator: JsonObject, around: Surroundings): Promise<Generated> {
  const { selector, ...kinds } = generator;
  const generated = await generate(kinds, around);
  if (typeof generated === "string" || !isJsonObject(selector)) return generated;
  const isSelected = labelSelector(selector);
  if (isSelected === null) return "its generator selects in a way that is not known here";
  return generated.filter((parameters) => isSelected(flattened(parameters)));
}

async function generate(generator: JsonObject, around: Surroundings): Promise<Generated> {
  const { list, git, clusters, matrix, merge } = generator;
  if (isJsonObject(list)) return listed(list);
  if (isJsonObject(git)) return withValues(await gitParameters(git, around), git, around);
  if (isJsonObject(clusters))
    return withValues(clusterParameters(clusters, around.clusters), clusters, around);
  if (isJsonObject(matrix)) return matrixOf(matrix, around);
  if (isJsonObject(merge)) return mergeOf(merge, around);
  const [kind] = Object.keys(generator);
  return `its generator ${kind ?? ""} asks something outside Git`;
}

function listed({ elements, elementsYaml }: JsonObject): Generated {
  if (elementsYaml != null || !Array.isArray(elements))
    return "its list generator has no elements written out";
  return elements.filter(isJsonObject);
}

/** A generator's own `values`, which may draw on the parameters that it generates. */
function withValues(
  generated: Generated,
  { values }: JsonObject,
  { language, outer }: Surroundings,
): Generated {
  if (typeof generated === "string" || !isJsonObject(values)) return generated;
  const all: Parameters[] = [];
  for (const parameters of generated) {
    const filled = fillTemplate(values, { ...outer, ...parameters }, language);
    if (filled.kind === "unknown") return filled.reason;
    all.push({ ...parameters, values: filled.value });
  }
  return all;
}

/** Each set of the first generator with each of the second, which may draw on the first's parameters. */
async function matrixOf({ generators }: JsonObject, around: Surroundings): Promise<Generated> {
  const [first, second, ...more] = Array.isArray(generators) ? generators.filter(isJsonObject) : [];
  if (first === undefined || second === undefined || more.length > 0)
    return "its matrix generator does not have two generators";
  const left = await generateParameters(first, around);
  if (typeof left === "string") return left;
  const all: Parameters[] = [];
  for (const one of left) {
    const filled = fillTemplate(withoutOwnTexts(second), one, around.language);
    if (filled.kind === "unknown") return filled.reason;
    const right = await generateParameters(mergeMaps(second, filled.value), { ...around, outer: one });
    if (typeof right === "string") return right;
    all.push(...right.map((other) => mergeMaps(one, other)));
  }
  return all;
}

/** Its template and its values are filled in later, with what it generates itself. */
function withoutOwnTexts(generator: JsonObject): JsonObject {
  const parts = Object.entries(generator).map(([kind, spec]) => {
    if (!isJsonObject(spec)) return [kind, spec] as const;
    const { template: _, values: __, ...rest } = spec;
    return [kind, rest] as const;
  });
  return Object.fromEntries(parts);
}

/** The sets of the first generator; those of the others that agree in the merge keys override them. */
async function mergeOf({ generators, mergeKeys }: JsonObject, around: Surroundings): Promise<Generated> {
  const [base, ...overriding] = Array.isArray(generators) ? generators.filter(isJsonObject) : [];
  if (base === undefined || !Array.isArray(mergeKeys) || mergeKeys.length === 0)
    return "its merge generator has no generators or no keys";
  const keys = mergeKeys.map(String);
  const sets = await generateParameters(base, around);
  if (typeof sets === "string") return sets;
  const all = new Map(sets.map((each) => [keyOf(each, keys), each]));
  if (all.size < sets.length) return "its merge generator finds the same keys twice";
  for (const generator of overriding) {
    const others = await generateParameters(generator, around);
    if (typeof others === "string") return others;
    for (const other of others) {
      const set = all.get(keyOf(other, keys));
      if (set !== undefined) all.set(keyOf(other, keys), mergeMaps(set, other));
    }
  }
  return [...all.values()];
}

function keyOf(parameters: Parameters, keys: readonly string[]): string {
  const flat = flattened(parameters);
  return JSON.stringify(keys.map((key) => flat[key] ?? null));
}

/** `metadata.labels.env`: what selectors and merge keys name. */
function flattened(parameters: Parameters): Record<string, string> {
  const flat: Record<string, string> = {};
  const add = (value: Json, name: string) => {
    if (isJsonObject(value))
      for (const [key, each] of Object.entries(value)) add(each, name === "" ? key : `${name}.${key}`);
    else flat[name] = typeof value === "string" ? value : JSON.stringify(value);
  };
  add(parameters, "");
  return flat;
}
