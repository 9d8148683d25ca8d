import path from "node:path";
import type { Problem } from "../../model/problem.ts";
import type { RenderedSource } from "../../model/source.ts";
import type { RenderedFile } from "../../ports/renderer.ts";
import type { SourceInputs, SourceRenderer, SourceTree } from "../../ports/source-renderer.ts";
import { chartOrigin } from "./helm/chart-origin.ts";
import { helmInputs, localDependencies } from "./helm/helm-inputs.ts";
import { templateChart } from "./helm/template-chart.ts";
import { buildKustomization, REPOSITORY } from "./kustomize/build-kustomization.ts";
import { kustomizeInputs } from "./kustomize/kustomize-inputs.ts";
import { takeOrigin } from "./kustomize/origin-annotations.ts";
import { renderedIngresses } from "./rendered-ingresses.ts";
import { boundedTurns } from "./tool/bounded-turns.ts";
import { ingressDocuments } from "./tool/ingress-documents.ts";
import { type CachedRender, cacheKey, type RenderCache } from "./tool/render-cache.ts";
import { inSandbox, type Sandbox } from "./tool/sandbox.ts";
import { type FoundTools, toolFinder } from "./tool/tool-finder.ts";

export interface ToolRendererOptions {
  readonly cache: RenderCache;
  /** Whether remote bases and charts may be fetched. What they hold then is not part of the cache's key. */
  readonly allowNetwork: boolean;
  /** How long one rendering may take. */
  readonly timeoutSeconds: number;
  /** How many tools run at once. */
  readonly parallelism: number;
  /** Where the tools are looked for. */
  readonly path: string;
  /** Told before each run of a tool, for progress and for counting. */
  readonly onRun?: (source: RenderedSource) => void;
}

/** Renders kustomizations and charts by the real tools on PATH. */
export function toolRenderer(options: ToolRendererOptions): SourceRenderer {
  const findTools = toolFinder(options.path);
  const inTurn = boundedTurns(options.parallelism);
  const running = new Map<string, Promise<CachedRender | Cut>>();
  return {
    inputsOf: (source, tree) =>
      source.kind === "kustomize" ? kustomizeInputs(source, tree) : helmInputs(source, tree),
    async render(source, inputs, tree, signal) {
      const problems = options.allowNetwork ? withoutRemote(inputs.problems) : inputs.problems;
      if (problems.length > 0) return { ingresses: [], problems };
      const tools = await findTools(source, inputs, signal);
      if (tools.kind === "missing") return { ingresses: [], problems: [tools.problem] };
      const key = cacheKey([3, source, tools.versions, digestOf(inputs, tree)]);
      const renderOnce = () => inTurn(() => run(source, inputs, tree, tools, options, signal));
      const render = await (running.get(key) ?? startOnce(key, running, options, renderOnce));
      return render.kind === "done"
        ? await readOutput(source, inputs, tree, render.stdout)
        : { ingresses: [], problems: [notRendered(source, render.reason)] };
    },
  };
}

/** A run that was cut short says nothing of the next one. */
type Cut = { readonly kind: "cut"; readonly reason: string };

/** Two that ask for the same at the same time share one run. */
function startOnce(
  key: string,
  running: Map<string, Promise<CachedRender | Cut>>,
  { allowNetwork, cache }: ToolRendererOptions,
  renderOnce: () => Promise<CachedRender | Cut>,
): Promise<CachedRender | Cut> {
  const fromCacheOrRun = async () => {
    const known = allowNetwork ? null : await cache.get(key);
    if (known !== null) return known;
    const render = await renderOnce();
    if (render.kind !== "cut" && !allowNetwork) await cache.put(key, render);
    return render;
  };
  const render = fromCacheOrRun().finally(() => running.delete(key));
  running.set(key, render);
  return render;
}

function digestOf(inputs: SourceInputs, tree: SourceTree): readonly (readonly [string, string | null])[] {
  return inputs.files.map((file) => [file, tree.blobOf(file)] as const);
}

async function run(
  source: RenderedSource,
  inputs: SourceInputs,
  tree: SourceTree,
  { tool, helm }: FoundTools,
  { allowNetwork, onRun, timeoutSeconds }: ToolRendererOptions,
  signal: AbortSignal,
): Promise<CachedRender | Cut> {
  onRun?.(source);
  const limits = { timeoutMs: timeoutSeconds * 1000, signal };
  const result = await inSandbox(inputs.files, tree, allowNetwork, async (sandbox) => {
    const answer =
      source.kind === "kustomize"
        ? await buildKustomization(source, tree, tool, helm, sandbox, limits)
        : await templateChart(source, tool, sandbox, tree, limits);
    return answer.kind === "done" ? answer : { ...answer, reason: readable(answer.reason, sandbox) };
  });
  signal.throwIfAborted();
  return result.kind === "done"
    ? { kind: "done", stdout: ingressDocuments(result.stdout.toString("utf8")) }
    : result;
}

/** With paths as the repository has them. */
function readable(reason: string, { root }: Sandbox): string {
  return reason
    .replaceAll(`${root}/`, "")
    .replaceAll(`${REPOSITORY}/`, "")
    .replaceAll(path.dirname(root), "");
}

async function readOutput(
  source: RenderedSource,
  { definedBy = [], files }: SourceInputs,
  tree: SourceTree,
  stdout: string,
): Promise<RenderedFile> {
  const inputs = new Map<string, string>();
  for (const file of [...files, ...definedBy])
    inputs.set(file, (await tree.read(file))?.toString("utf8") ?? "");
  const isKustomize = source.kind === "kustomize";
  return renderedIngresses({
    stdout,
    renderer: source.kind,
    root: isKustomize ? source.root : source.chart,
    namespace: source.namespace,
    inputs,
    originOf: isKustomize
      ? (object) => takeOrigin(object, REPOSITORY)
      : chartOrigin(source, stdout, new Set(files), await localDependencies(source.chart, tree)),
  });
}

function withoutRemote(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ code }) => code !== "remote-base" && code !== "missing-dependency");
}

function notRendered(source: RenderedSource, reason: string): Problem {
  return {
    path: source.kind === "kustomize" ? source.root : source.chart,
    line: null,
    code: "source-not-rendered",
    message: `${source.id} cannot be rendered: ${reason}`,
    remedy:
      "Run the tool yourself in that folder to see the whole message, and mend what it complains about.",
    level: "error",
  };
}
