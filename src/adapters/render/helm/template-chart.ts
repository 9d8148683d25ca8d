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
  await placeDependencies(source.chart, sandbox.root, tree, new Set());
  const inline = path.join(sandbox.root, "..", "values.json");
  if (source.values !== null) await writeFile(inline, JSON.stringify(source.values));
  return runTool({
    command: tool.command,
    args: [
      ...tool.args,
      source.releaseName,
      `./${source.chart}`,
      ...source.valueFiles.flatMap((file) => ["--values", file]),
      ...(source.values === null ? [] : ["--values", inline]),
      ...source.set.flatMap(({ name, value, forceString }) => [
        forceString ? "--set-string" : "--set",
        `${name}=${value}`,
      ]),
      ...(source.namespace === null ? [] : ["--namespace", source.namespace]),
      ...(source.kubeVersion === null ? [] : ["--kube-version", source.kubeVersion]),
      ...source.apiVersions.flatMap((version) => ["--api-versions", version]),
    ],
    cwd: sandbox.root,
    env: sandbox.env,
    maxBytes: MAX_BYTES,
    ...limits,
  });
}

/** What `helm dependency build` does for charts that are given by a path: put them into charts/. */
async function placeDependencies(
  chart: string,
  root: string,
  tree: SourceTree,
  placed: Set<string>,
): Promise<void> {
  if (placed.has(chart)) return;
  placed.add(chart);
  for (const { name, folder } of await localDependencies(chart, tree)) {
    await placeDependencies(folder, root, tree, placed);
    const target = path.join(root, chart, "charts", name);
    await mkdir(path.dirname(target), { recursive: true });
    await cp(path.join(root, folder), target, { recursive: true });
  }
}
