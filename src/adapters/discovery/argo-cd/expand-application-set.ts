import path from "node:path/posix";
import { parse } from "yaml";
import * as z from "zod";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { SourceTree } from "../../../ports/source-renderer.ts";
import { isSameRepository } from "../same-repository.ts";
import { fillTemplate } from "./fill-template.ts";
import { matchesGlob } from "./match-glob.ts";

const text = z.string();
const object = z.record(text, z.json());

const applicationSet = z.object({
  metadata: z.object({ name: text, namespace: text.nullish() }),
  spec: z.object({
    goTemplate: z.boolean().nullish(),
    generators: z.array(object),
    template: object,
    templatePatch: z.unknown().optional(),
  }),
});

export type ExpandedSet =
  /** Each an object of kind Application. */
  | {
      readonly kind: "applications";
      readonly applications: readonly JsonObject[];
      /** Files that generators read. */
      readonly files: readonly string[];
    }
  | { readonly kind: "unknown"; readonly reason: string };

/** Of a generator: names that the template may use, each a value or a map of values. */
type Parameters = JsonObject;

/**
 * The Applications that an ApplicationSet makes, by its list, git, cluster and matrix generators.
 *
 * @param clusters Names and servers of the clusters that Argo CD knows; null where that is not known.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators/
 */
export async function expandApplicationSet(
  written: JsonObject,
  clusters: readonly ClusterParameters[] | null,
  remotes: readonly string[],
  tree: SourceTree,
): Promise<ExpandedSet> {
  const checked = applicationSet.safeParse(written);
  if (!checked.success) return unknown("it is not a whole ApplicationSet");
  const { metadata, spec } = checked.data;
  if (spec.templatePatch != null) return unknown("it patches its template (templatePatch)");
  const sets: Parameters[] = [];
  const files: string[] = [];
  for (const generator of spec.generators) {
    const generated = await generate(generator, { clusters, remotes, tree, files });
    if (typeof generated === "string") return unknown(generated);
    sets.push(...generated);
  }
  const applications = sets.map((parameters) =>
    fillTemplate(spec.template, parameters, spec.goTemplate === true),
  );
  const failed = applications.find((each) => each.kind === "unknown");
  if (failed !== undefined) return failed;
  return {
    kind: "applications",
    files,
    applications: applications.flatMap((each) =>
      each.kind === "filled" && isJsonObject(each.value)
        ? [asApplication(each.value, metadata.namespace ?? null)]
        : [],
    ),
  };
}

export interface ClusterParameters {
  readonly name: string;
  readonly server: string;
  readonly labels: Readonly<Record<string, string>>;
}

interface Surroundings {
  readonly clusters: readonly ClusterParameters[] | null;
  readonly remotes: readonly string[];
  readonly tree: SourceTree;
  /** Grows by the files that are read. */
  readonly files: string[];
}

/** @returns Why not, in words, where it cannot be told. */
async function generate(generator: JsonObject, around: Surroundings): Promise<Parameters[] | string> {
  if (isJsonObject(generator.list)) return listed(generator.list);
  if (isJsonObject(generator.git)) return fromGit(generator.git, around);
  if (isJsonObject(generator.clusters)) return fromClusters(generator.clusters, around.clusters);
  if (isJsonObject(generator.matrix)) return combined(generator.matrix, around);
  const [kind] = Object.keys(generator);
  return `its generator ${kind ?? ""} asks something outside Git`;
}

function listed({ elements }: JsonObject): Parameters[] | string {
  if (!Array.isArray(elements)) return "its list generator has no elements written out";
  return elements.filter(isJsonObject);
}

async function fromGit(
  git: JsonObject,
  { remotes, tree, files: read }: Surroundings,
): Promise<Parameters[] | string> {
  if (typeof git.repoURL !== "string" || !isSameRepository(git.repoURL, remotes))
    return `its git generator looks into ${String(git.repoURL)}`;
  const values = isJsonObject(git.values) ? { values: git.values } : {};
  const directories = entriesOf(git.directories);
  const files = entriesOf(git.files);
  read.push(...taken(tree.filesBelow("."), files));
  const found = directories.length > 0 ? directoriesIn(directories, tree) : await filesIn(files, tree);
  return typeof found === "string" ? found : found.map((parameters) => ({ ...parameters, ...values }));
}

interface PathEntry {
  readonly path: string;
  readonly isExcluded: boolean;
}

function entriesOf(value: Json | undefined): readonly PathEntry[] {
  return (Array.isArray(value) ? value.filter(isJsonObject) : []).map((entry) => ({
    path: String(entry.path ?? ""),
    isExcluded: entry.exclude === true,
  }));
}

function directoriesIn(entries: readonly PathEntry[], tree: SourceTree): Parameters[] {
  const folders = new Set(tree.filesBelow(".").flatMap((file) => foldersOf(file)));
  return taken([...folders].sort(), entries).map((folder) => ({ path: pathParameters(folder) }));
}

async function filesIn(entries: readonly PathEntry[], tree: SourceTree): Promise<Parameters[] | string> {
  const parameters: Parameters[] = [];
  for (const file of taken(tree.filesBelow("."), entries)) {
    const content: unknown = readContent((await tree.read(file))?.toString("utf8") ?? "");
    const objects = Array.isArray(content) ? content : [content];
    for (const each of objects) {
      if (!isJsonObject(each)) return `its git generator reads ${file}, which holds no map`;
      const folder = path.dirname(file);
      const own = { ...pathParameters(folder), filename: path.basename(file) };
      parameters.push({ ...each, path: own });
    }
  }
  return parameters;
}

function readContent(text: string): unknown {
  try {
    return parse(text, { logLevel: "error" });
  } catch {
    return null;
  }
}

function taken(paths: readonly string[], entries: readonly PathEntry[]): readonly string[] {
  const isTaken = (each: string, excluded: boolean) =>
    entries.some((entry) => entry.isExcluded === excluded && matchesGlob(each, entry.path));
  return paths.filter((each) => isTaken(each, false) && !isTaken(each, true));
}

function foldersOf(file: string): readonly string[] {
  const parts = path.dirname(file).split("/");
  return file.includes("/") ? parts.map((_, index) => parts.slice(0, index + 1).join("/")) : [];
}

/** As both kinds of template name them: `path.basename`, `path.segments`, `path[0]`. */
function pathParameters(folder: string): JsonObject {
  const segments = folder.split("/");
  const basename = segments.at(-1) ?? "";
  const normalized = basename.toLowerCase().replace(/[^a-z0-9-]/g, "-");
  return { path: folder, basename, basenameNormalized: normalized, segments };
}

function fromClusters(
  { selector, values }: JsonObject,
  clusters: readonly ClusterParameters[] | null,
): Parameters[] | string {
  if (clusters === null) return "its cluster generator lists clusters that are not known here";
  const wanted = isJsonObject(selector) && isJsonObject(selector.matchLabels) ? selector.matchLabels : {};
  if (isJsonObject(selector) && selector.matchExpressions !== undefined)
    return "its cluster generator selects by expressions";
  const isWanted = ({ labels }: ClusterParameters) =>
    Object.entries(wanted).every(([label, value]) => labels[label] === value);
  return clusters.filter(isWanted).map(({ name, server, labels }) => ({
    name,
    nameNormalized: name.toLowerCase().replace(/[^a-z0-9.-]/g, "-"),
    server,
    metadata: { labels },
    ...(isJsonObject(values) ? { values } : {}),
  }));
}

/** Each set of the first generator with each of the second. */
async function combined({ generators }: JsonObject, around: Surroundings): Promise<Parameters[] | string> {
  const [first, second] = Array.isArray(generators) ? generators.filter(isJsonObject) : [];
  if (first === undefined || second === undefined) return "its matrix generator does not have two generators";
  const left = await generate(first, around);
  const right = await generate(second, around);
  if (typeof left === "string") return left;
  if (typeof right === "string") return right;
  return left.flatMap((one) => right.map((other) => ({ ...one, ...other })));
}

function asApplication(template: JsonObject, namespace: string | null): JsonObject {
  const metadata = isJsonObject(template.metadata) ? template.metadata : {};
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    ...template,
    metadata: { ...(namespace === null ? {} : { namespace }), ...metadata },
  };
}

function unknown(reason: string): ExpandedSet {
  return { kind: "unknown", reason };
}
