import type { Problem } from "../../model/problem.ts";
import type { RenderedSource } from "../../model/source.ts";
import type { RenderedFile } from "../../ports/renderer.ts";
import type { SourceInputs, SourceRenderer, SourceTree } from "../../ports/source-renderer.ts";
import { chartOrigin } from "./helm/chart-origin.ts";
import { helmInputs } from "./helm/helm-inputs.ts";
import { templateChart } from "./helm/template-chart.ts";
import { buildKustomization, REPOSITORY } from "./kustomize/build-kustomization.ts";
import { kustomizeInputs } from "./kustomize/kustomize-inputs.ts";
import { takeOrigin } from "./kustomize/origin-annotations.ts";
import { renderedIngresses } from "./rendered-ingresses.ts";
import { boundedTurns } from "./tool/bounded-turns.ts";
import { ingressDocuments } from "./tool/ingress-documents.ts";
import { type CachedRender, cacheKey, type RenderCache } from "./tool/render-cache.ts";
import { inSandbox } from "./tool/sandbox.ts";
import { helmTool, kustomizeTool, type Tool } from "./tool/tool.ts";

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
  const tools = new Map<RenderedSource["kind"], Promise<Tool>>();
  const inTurn = boundedTurns(options.parallelism);
  return {
    inputsOf: (source, tree) =>
      source.kind === "kustomize" ? kustomizeInputs(source, tree) : helmInputs(source, tree),
    async render(source, inputs, tree, signal) {
      const problems = options.allowNetwork ? withoutRemote(inputs.problems) : inputs.problems;
      if (problems.length > 0) return { ingresses: [], problems };
      const tool = await (tools.get(source.kind) ?? findOnce(tools, source, options.path, signal));
      const key = cacheKey([2, source, tool.version, digestOf(inputs, tree)]);
      const known = options.allowNetwork ? null : await options.cache.get(key);
      const render = known ?? (await inTurn(() => run(source, inputs, tree, tool, options, signal)));
      if (known === null && !options.allowNetwork) await options.cache.put(key, render);
      return render.kind === "done"
        ? await readOutput(source, inputs, tree, render.stdout)
        : { ingresses: [], problems: [notRendered(source, render.reason)] };
    },
  };
}

function findOnce(
  tools: Map<RenderedSource["kind"], Promise<Tool>>,
  source: RenderedSource,
  path: string,
  signal: AbortSignal,
): Promise<Tool> {
  const env = { PATH: path, HOME: "/nonexistent" };
  const tool = source.kind === "kustomize" ? kustomizeTool(env, signal) : helmTool(env, signal);
  tools.set(source.kind, tool);
  return tool;
}

function digestOf(inputs: SourceInputs, tree: SourceTree): readonly (readonly [string, string | null])[] {
  return inputs.files.map((file) => [file, tree.blobOf(file)] as const);
}

async function run(
  source: RenderedSource,
  inputs: SourceInputs,
  tree: SourceTree,
  tool: Tool,
  { allowNetwork, onRun, timeoutSeconds }: ToolRendererOptions,
  signal: AbortSignal,
): Promise<CachedRender> {
  onRun?.(source);
  const limits = { timeoutMs: timeoutSeconds * 1000, signal };
  const result = await inSandbox(inputs.files, tree, allowNetwork, (sandbox) =>
    source.kind === "kustomize"
      ? buildKustomization(source, tree, tool, sandbox, limits)
      : templateChart(source, tool, sandbox, tree, limits),
  );
  signal.throwIfAborted();
  return result.kind === "done"
    ? { kind: "done", stdout: ingressDocuments(result.stdout.toString("utf8")) }
    : result;
}

async function readOutput(
  source: RenderedSource,
  { files }: SourceInputs,
  tree: SourceTree,
  stdout: string,
): Promise<RenderedFile> {
  const inputs = new Map<string, string>();
  for (const file of files) inputs.set(file, (await tree.read(file))?.toString("utf8") ?? "");
  const isKustomize = source.kind === "kustomize";
  return renderedIngresses({
    stdout,
    renderer: source.kind,
    root: isKustomize ? source.root : source.chart,
    namespace: source.namespace,
    inputs,
    originOf: isKustomize ? (object) => takeOrigin(object, REPOSITORY) : chartOrigin(source, stdout),
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
