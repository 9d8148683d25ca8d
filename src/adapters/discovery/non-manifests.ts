import path from "node:path/posix";
import { parseDocument } from "yaml";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { onceForEach } from "../../model/once-for-each.ts";
import type { SourceTree } from "../../ports/source-renderer.ts";

/**
 * Files that are never manifests of their own: a chart's, and what a kustomization names. Taken alone, a template is no
 * YAML and a base has neither the namespace nor the name that it will have.
 */
export async function nonManifests(tree: SourceTree): Promise<(path: string) => boolean> {
  const files = tree.filesBelow(".");
  const charts = new Set(
    files.filter((file) => path.basename(file) === "Chart.yaml").map((file) => path.dirname(file)),
  );
  const kustomizations = await readKustomizations(tree);
  const named = new Set(kustomizations.flatMap(({ file, resources }) => [file, ...resources]));
  return (file) => named.has(file) || foldersOf(file).some((folder) => charts.has(folder));
}

/** A file's folder, and those above it. */
function foldersOf(file: string): readonly string[] {
  const parts = file.split("/").slice(0, -1);
  return [".", ...parts.map((_, index) => parts.slice(0, index + 1).join("/"))];
}

export interface ReadKustomization {
  readonly file: string;
  readonly folder: string;
  readonly isComponent: boolean;
  /** Whether it builds anything: one that has patches only is a fragment. One that is no YAML is taken to. */
  readonly hasResources: boolean;
  /** Files and folders of the repository that it names, from the root. */
  readonly resources: readonly string[];
}

export async function readKustomizations(tree: SourceTree): Promise<readonly ReadKustomization[]> {
  const files = tree
    .filesBelow(".")
    .filter((file) => /^(?:kustomization\.ya?ml|Kustomization)$/.test(path.basename(file)));
  return Promise.all(files.map(async (file) => readOne(file, (await tree.read(file)) ?? NO_CONTENT)));
}

const NO_CONTENT = Buffer.of();

function readOne(file: string, written: Buffer): ReadKustomization {
  const folder = path.dirname(file);
  const { content, isWhole } = readContent(written);
  return {
    file,
    folder,
    isComponent: content.kind === "Component",
    hasResources: !isWhole || BUILDING.some((field) => content[field] !== undefined),
    resources: NAMING.flatMap((field) => names(content[field])).map((name) => path.join(folder, name)),
  };
}

const BUILDING = ["resources", "bases", "components", "generators", "helmCharts"] as const;
const NAMING = [
  "resources",
  "bases",
  "components",
  "patches",
  "patchesStrategicMerge",
  "patchesJson6902",
] as const;

interface KustomizationContent {
  readonly content: JsonObject;
  readonly isWhole: boolean;
}

/** What can be read of a broken file tells at least which bases it names: they are none of their own. */
const readContent = onceForEach((written: Buffer): KustomizationContent => {
  const document = parseDocument(written.toString("utf8"), { logLevel: "error", prettyErrors: false });
  try {
    const content: unknown = document.toJS({ maxAliasCount: 100 });
    return { content: isJsonObject(content) ? content : {}, isWhole: document.errors.length === 0 };
  } catch {
    return { content: {}, isWhole: false };
  }
});

function names(value: Json | undefined): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: Json) => {
    const name = isJsonObject(each) ? each.path : each;
    return typeof name === "string" && !name.includes("\n") && !name.includes("://") ? [name] : [];
  });
}
