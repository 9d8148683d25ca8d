import path from "node:path/posix";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import type { Problem } from "../../../model/problem.ts";
import type { HelmSource } from "../../../model/source.ts";
import type { SourceInputs, SourceTree } from "../../../ports/source-renderer.ts";
import { readYamlObject } from "../tool/read-yaml-object.ts";

/**
 * The files that `helm template` reads: the chart's own, the charts that it depends on by path, and the values files. Where
 * a template may look at `.Files`, every file of the chart counts, else not its README and the values of other releases.
 *
 * @see https://helm.sh/docs/topics/charts/#chart-dependencies
 */
export async function helmInputs(source: HelmSource, tree: SourceTree): Promise<SourceInputs> {
  const found: Found = { files: new Set(), others: new Set(), watched: new Set(), problems: [] };
  await addChart(source.chart, source.chart, tree, found);
  const named = [
    ...source.valueFiles.map((file) => ({ what: "values file", file })),
    ...source.setFiles.map(({ name, file }) => ({ what: `file of parameter ${name},`, file })),
  ];
  for (const { what, file } of named) {
    found.watched.add(file);
    if (tree.blobOf(file) !== null) found.files.add(file);
    else found.problems.push(missingFile(what, file, source));
  }
  if (await mayLookAtFiles([...found.files], tree)) for (const file of found.others) found.files.add(file);
  return { files: [...found.files].sort(), watched: [...found.watched].sort(), problems: found.problems };
}

/**
 * Where charts that a chart depends on by a path lie, by the folder in which helm wants to find them; those that these
 * depend on too. What a chart holds in charts/ already stays.
 */
export async function localDependencies(
  chart: string,
  tree: SourceTree,
): Promise<ReadonlyMap<string, string>> {
  const placed = new Map<string, string>();
  const visit = async (folder: string) => {
    for (const { name, repository } of await dependenciesOf(folder, tree)) {
      const target = path.join(folder, "charts", name);
      const original = localFolder(folder, repository);
      if (original === null || placed.has(target) || isVendored(folder, name, tree.filesBelow(folder)))
        continue;
      placed.set(target, original);
      await visit(original);
    }
  };
  await visit(chart);
  return placed;
}

/** null where it is no path, or one that leads out of the repository. */
function localFolder(chart: string, repository: string): string | null {
  if (!repository.startsWith("file://")) return null;
  const written = repository.slice("file://".length);
  const folder = path.join(chart, written);
  return path.isAbsolute(written) || folder.startsWith("..") ? null : folder;
}

interface Found {
  readonly files: Set<string>;
  /** Further files of the charts, which only `.Files` gives to a template. */
  readonly others: Set<string>;
  readonly watched: Set<string>;
  readonly problems: Problem[];
}

async function addChart(chart: string, namedBy: string, tree: SourceTree, found: Found): Promise<void> {
  if (found.watched.has(chart)) return;
  found.watched.add(chart);
  const files = tree.filesBelow(chart);
  if (!files.includes(path.join(chart, "Chart.yaml"))) found.problems.push(noChart(chart, namedBy));
  for (const file of files) (isOwn(path.relative(chart, file)) ? found.files : found.others).add(file);
  for (const { name, repository } of await dependenciesOf(chart, tree)) {
    const folder = localFolder(chart, repository);
    if (isVendored(chart, name, files)) continue;
    if (folder === null) found.problems.push(missingDependency(chart, name, repository));
    else await addChart(folder, path.join(chart, "Chart.yaml"), tree, found);
  }
}

/** @see https://helm.sh/docs/topics/charts/#the-chart-file-structure */
function isOwn(file: string): boolean {
  return (
    /^(?:Chart\.(?:yaml|lock)|requirements\.(?:yaml|lock)|values\.(?:yaml|schema\.json)|\.helmignore)$/.test(
      file,
    ) || /^(?:templates|charts|crds)\//.test(file)
  );
}

/** In a packed chart, and in values that `tpl` runs as a template, too. */
async function mayLookAtFiles(files: readonly string[], tree: SourceTree): Promise<boolean> {
  const contents = await Promise.all(files.map((file) => tree.read(file)));
  return files.some((file, index) => file.endsWith(".tgz") || contents[index]?.includes("Files") === true);
}

interface Dependency {
  readonly name: string;
  /** Empty where the chart lies in charts/. */
  readonly repository: string;
}

async function dependenciesOf(chart: string, tree: SourceTree): Promise<readonly Dependency[]> {
  const metadata = await readYamlObject(path.join(chart, "Chart.yaml"), tree);
  const old = await readYamlObject(path.join(chart, "requirements.yaml"), tree);
  return [...listed(metadata), ...listed(old)];
}

function listed(metadata: JsonObject | null): readonly Dependency[] {
  const dependencies = metadata?.dependencies;
  return (Array.isArray(dependencies) ? dependencies : []).flatMap((each) =>
    isJsonObject(each) && typeof each.name === "string"
      ? [{ name: each.name, repository: typeof each.repository === "string" ? each.repository : "" }]
      : [],
  );
}

function isVendored(chart: string, name: string, files: readonly string[]): boolean {
  const folder = path.join(chart, "charts", name);
  return files.some(
    (file) => file.startsWith(`${folder}/`) || (file.startsWith(`${folder}-`) && file.endsWith(".tgz")),
  );
}

function noChart(chart: string, namedBy: string): Problem {
  return {
    path: namedBy,
    line: null,
    code: "source-not-rendered",
    message: `${chart} holds no Chart.yaml, so it is no Helm chart`,
    remedy: "Name the chart's folder.",
    level: "error",
  };
}

function missingFile(what: string, file: string, source: HelmSource): Problem {
  return {
    path: file,
    line: null,
    code: "source-not-rendered",
    message: `The ${what} ${file} of ${source.id} is not there`,
    remedy: "Commit the file, or take it out of what the source names.",
    level: "error",
  };
}

function missingDependency(chart: string, name: string, repository: string): Problem {
  return {
    path: path.join(chart, "Chart.yaml"),
    line: null,
    code: "missing-dependency",
    message: `The chart depends on ${name}${repository === "" ? "" : ` from ${repository}`}, which charts/ does not hold, and nothing is fetched while rendering`,
    remedy: `Run helm dependency update ${chart} and commit charts/, or allow the network with render.allowNetwork in .ingress-audit.yaml.`,
    level: "error",
  };
}
