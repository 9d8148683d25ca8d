import path from "node:path/posix";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { onceForEach } from "../../../model/once-for-each.ts";
import type { SourceTree } from "../../../ports/source-renderer.ts";
import { folderPath } from "../source-at.ts";
import { yamlValues } from "../yaml-values.ts";

/** A ConfigMap that Git declares, as a manifest or through a kustomization's configMapGenerator. */
export interface DeclaredConfigMap {
  readonly data: Readonly<Record<string, string>>;
  /** The files that its data stands in. */
  readonly files: readonly string[];
}

export interface ConfigMapReference {
  readonly name: string;
  /** null where it is not told. */
  readonly namespace: string | null;
  /** The file of the object that refers to it; null where that was read from the cluster. */
  readonly from: string | null;
}

/**
 * @returns null where Git declares none, and where it declares several of that name, as an overlay's patch of it or
 *   another cluster's is, and it cannot be told which is meant: the nearest to whoever refers to it is, if it lacks no
 *   key of the others.
 */
export async function declaredConfigMap(
  { name, namespace, from }: ConfigMapReference,
  tree: SourceTree,
): Promise<DeclaredConfigMap | null> {
  const named = ((await configMapsOf(tree)).get(name) ?? []).filter(
    (each) => each.namespace === null || namespace === null || each.namespace === namespace,
  );
  const distinct = [...new Map(named.map((each) => [JSON.stringify(each.data), each])).values()];
  const [nearest, next] = distinct.toSorted((left, right) => shared(right, from) - shared(left, from));
  if (nearest === undefined) return null;
  const isClear = next === undefined || shared(nearest, from) > shared(next, from);
  const isWhole = distinct.every(({ data }) =>
    Object.keys(data).every((key) => Object.hasOwn(nearest.data, key)),
  );
  return isClear && isWhole ? nearest : null;
}

interface Candidate extends DeclaredConfigMap {
  readonly namespace: string | null;
  /** Where it is declared. */
  readonly folder: string;
}

/** How many folders, from the root on, two places have in common. */
function shared({ folder }: Candidate, from: string | null): number {
  const [left, right] = [folder, path.dirname(from ?? ".")].map((each) => each.split("/"));
  const differs = left?.findIndex((part, index) => part !== right?.[index]) ?? 0;
  return differs === -1 ? (left?.length ?? 0) : differs;
}

/** A commit's files never change, and many objects refer to ConfigMaps. */
const configMapsOf = onceForEach(readConfigMaps);

async function readConfigMaps(tree: SourceTree): Promise<ReadonlyMap<string, readonly Candidate[]>> {
  const byName = new Map<string, Candidate[]>();
  for (const file of tree
    .filesBelow(".")
    .filter((each) => /\.(?:ya?ml|json)$|(?:^|\/)Kustomization$/.test(each))) {
    const content = await tree.read(file);
    if (content === null || !(content.includes("ConfigMap") || content.includes("configMapGenerator")))
      continue;
    for (const [name, candidate] of await candidatesIn(content.toString("utf8"), file, tree))
      byName.set(name, [...(byName.get(name) ?? []), candidate]);
  }
  return byName;
}

async function candidatesIn(text: string, file: string, tree: SourceTree): Promise<[string, Candidate][]> {
  const found: [string, Candidate][] = [];
  for (const value of yamlValues(text)) {
    for (const object of isJsonObject(value) && Array.isArray(value.items) ? value.items : [value]) {
      if (!isJsonObject(object)) continue;
      found.push(
        ...(object.kind === "ConfigMap" ? manifest(object, file) : await generated(object, file, tree)),
      );
    }
  }
  return found;
}

function manifest({ metadata, data }: JsonObject, file: string): [string, Candidate][] {
  if (!isJsonObject(metadata) || typeof metadata.name !== "string") return [];
  const namespace = typeof metadata.namespace === "string" ? metadata.namespace : null;
  const entries = isJsonObject(data) ? Object.entries(data).map(([key, value]) => [key, String(value)]) : [];
  const candidate = {
    data: Object.fromEntries(entries),
    files: [file],
    folder: path.dirname(file),
    namespace,
  };
  return [[metadata.name, candidate]];
}

/** @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/ */
async function generated(object: JsonObject, file: string, tree: SourceTree): Promise<[string, Candidate][]> {
  const generators = Array.isArray(object.configMapGenerator) ? object.configMapGenerator : [];
  const found: [string, Candidate][] = [];
  for (const generator of generators.filter(isJsonObject)) {
    const data = await generatedData(generator, path.dirname(file), tree);
    if (typeof generator.name !== "string" || data === null) continue;
    const namespace = [generator.namespace, object.namespace].find((each) => typeof each === "string");
    const candidate = {
      ...data,
      files: [file, ...data.files],
      folder: path.dirname(file),
      namespace: typeof namespace === "string" ? namespace : null,
    };
    found.push([generator.name, candidate]);
  }
  return found;
}

/** @returns null where a file is missing, or where env files make it up. */
async function generatedData(
  { files = [], literals = [], env, envs }: JsonObject,
  folder: string,
  tree: SourceTree,
): Promise<DeclaredConfigMap | null> {
  if (env != null || envs != null || !Array.isArray(files) || !Array.isArray(literals)) return null;
  const data: Record<string, string> = {};
  const read: string[] = [];
  for (const literal of literals.map(String)) {
    const [, key = "", value = ""] = /^([^=]+)=(.*)$/s.exec(literal) ?? [];
    data[key] = value.replace(/^(["'])(.*)\1$/s, "$2");
  }
  for (const entry of files.map(String)) {
    const [, key = path.basename(entry), written = entry] = /^([^=]+)=(.*)$/s.exec(entry) ?? [];
    const file = folderPath(path.join(folder, written));
    const content = file === null ? null : await tree.read(file);
    if (file === null || content === null) return null;
    data[key] = content.toString("utf8");
    read.push(file);
  }
  return { data, files: read };
}
