import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { HelmSource } from "../../../model/source.ts";
import type { SourceTree } from "../../../ports/source-renderer.ts";
import { type RunLimits, runTool, type ToolResult } from "../tool/run-tool.ts";
import type { Sandbox } from "../tool/sandbox.ts";
import type { Tool } from "../tool/tool.ts";
import { localDependencies } from "./helm-inputs.ts";

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Run `helm template`. It asks no cluster: `lookup` finds nothing, and capabilities are helm's own unless the source gives
 * them.
 *
 * @see https://helm.sh/docs/helm/helm_template/
 */
export async function templateChart(
  source: HelmSource,
  tool: Tool,
  sandbox: Sandbox,
  tree: SourceTree,
  limits: RunLimits,
): Promise<ToolResult> {
  await placeDependencies(source.chart, sandbox.root, tree);
  const files = await valueFiles(source, sandbox.root);
  const inline = path.join(sandbox.root, "..", "values.json");
  if (source.values !== null) await writeFile(inline, JSON.stringify(source.values));
  return runTool({
    command: tool.command,
    args: [
      ...tool.args,
      ...files.flatMap((file) => ["--values", listItem(file)]),
      ...(source.values === null ? [] : ["--values", listItem(inline)]),
      ...source.set.flatMap(({ name, value, forceString }) => [
        forceString ? "--set-string" : "--set",
        `${name}=${literal(value)}`,
      ]),
      ...source.setFiles.flatMap(({ name, file }) => ["--set-file", `${name}=${literal(`./${file}`)}`]),
      ...(source.namespace === null ? [] : ["--namespace", source.namespace]),
      ...(source.kubeVersion === null ? [] : ["--kube-version", source.kubeVersion]),
      ...source.apiVersions.flatMap((version) => ["--api-versions", version]),
      // A release may be called anything, also -x.
      "--",
      source.releaseName,
      `./${source.chart}`,
    ],
    cwd: sandbox.root,
    env: sandbox.env,
    maxBytes: MAX_BYTES,
    ...limits,
  });
}

/**
 * The files of --values. Where they replace the chart's own, that is emptied, and read from a copy where it is among them.
 *
 * @see https://fluxcd.io/flux/components/source/helmcharts/#values-files
 */
async function valueFiles(
  { chart, valueFiles, isDefaultReplaced }: HelmSource,
  root: string,
): Promise<readonly string[]> {
  const own = path.join(chart, "values.yaml");
  if (!isDefaultReplaced) return valueFiles.map((file) => `./${file}`);
  const copy = path.join(root, "..", "chart-values.yaml");
  if (valueFiles.includes(own)) await cp(path.join(root, own), copy);
  await writeFile(path.join(root, own), "");
  return valueFiles.map((file) => (file === own ? copy : `./${file}`));
}

/** helm reads the option as a line of CSV. */
function listItem(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A parameter is one value, so a comma in it begins no other; braces make a list. As Argo CD does.
 *
 * @see https://github.com/argoproj/argo-cd/blob/master/util/helm/cmd.go
 */
function literal(value: string): string {
  return /^\{.*\}$/s.test(value) ? value : value.replace(/(?<!\\),/g, "\\,");
}

/** What `helm dependency build` does for charts that are given by a path: put them into charts/. */
async function placeDependencies(chart: string, root: string, tree: SourceTree): Promise<void> {
  const placed = [...(await localDependencies(chart, tree))];
  // The innermost first, so that each is whole when it is copied.
  for (const [target, original] of placed.reverse()) {
    await mkdir(path.dirname(path.join(root, target)), { recursive: true });
    await cp(path.join(root, original), path.join(root, target), { recursive: true });
  }
}
