import path from "node:path/posix";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import type { Problem } from "../../../model/problem.ts";
import type { HelmSource } from "../../../model/source.ts";
import type { SourceInputs, SourceTree } from "../../../ports/source-renderer.ts";
import { readYamlObject } from "../tool/read-yaml-object.ts";

/**
 * The files that `helm template` reads: the whole chart, as a template may read any file of it, the charts that it
 * depends on by path, and the values files.
 *
 * @see https://helm.sh/docs/topics/charts/#chart-dependencies
 */
export async function helmInputs(source: HelmSource, tree: SourceTree): Promise<SourceInputs> {
  const found: Found = { files: new Set(), watched: new Set(), problems: [] };
  await addChart(source.chart, source.chart, tree, found);
  for (const file of source.valueFiles) {
    found.watched.add(file);
    if (tree.blobOf(file) !== null) found.files.add(file);
    else found.problems.push(missingValues(file, source));
  }
  return { files: [...found.files].sort(), watched: [...found.watched].sort(), problems: found.problems };
}

/** A chart's dependency that lies in the repository, and where helm wants to find it. */
export interface LocalDependency {
  readonly name: string;
  readonly folder: string;
}

/** The dependencies of one chart that are given by a path. */
export async function localDependencies(
  chart: string,
  tree: SourceTree,
): Promise<readonly LocalDependency[]> {
  return (await dependenciesOf(chart, tree)).flatMap(({ name, repository }) =>
    repository.startsWith("file://")
      ? [{ name, folder: path.join(chart, repository.slice("file://".length)) }]
      : [],
  );
}

interface Found {
  readonly files: Set<string>;
  readonly watched: Set<string>;
  readonly problems: Problem[];
}

async function addChart(chart: string, namedBy: string, tree: SourceTree, found: Found): Promise<void> {
  if (found.watched.has(chart)) return;
  found.watched.add(chart);
  const files = tree.filesBelow(chart);
  if (!files.includes(path.join(chart, "Chart.yaml"))) found.problems.push(noChart(chart, namedBy));
  for (const file of files) found.files.add(file);
  for (const { name, repository } of await dependenciesOf(chart, tree)) {
    if (repository.startsWith("file://")) {
      await addChart(path.join(chart, repository.slice("file://".length)), chart, tree, found);
    } else if (!isVendored(chart, name, files))
      found.problems.push(missingDependency(chart, name, repository));
  }
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

function missingValues(file: string, source: HelmSource): Problem {
  return {
    path: file,
    line: null,
    code: "source-not-rendered",
    message: `The values file ${file} of ${source.id} is not there`,
    remedy: "Commit the file, or take it out of the source's values files.",
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
