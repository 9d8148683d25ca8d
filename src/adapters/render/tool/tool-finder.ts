import path from "node:path/posix";
import { AuditError } from "../../../model/audit-error.ts";
import type { Problem } from "../../../model/problem.ts";
import type { RenderedSource } from "../../../model/source.ts";
import type { SourceInputs } from "../../../ports/source-renderer.ts";
import { helmTool, kustomizeTool, type Tool } from "./tool.ts";

/** What renders a source. */
export interface FoundTools {
  readonly kind: "found";
  readonly tool: Tool;
  /** For a kustomization that inflates charts. */
  readonly helm: Tool | null;
  readonly versions: readonly string[];
}

export type ToolsOf = (
  source: RenderedSource,
  inputs: SourceInputs,
  signal: AbortSignal,
) => Promise<FoundTools | { readonly kind: "missing"; readonly problem: Problem }>;

/** Each tool is looked for once, when a source needs it. A source whose tool is not there is a problem like others. */
export function toolFinder(pathVariable: string): ToolsOf {
  const tools = new Map<RenderedSource["kind"], Promise<Tool>>();
  const env = { PATH: pathVariable, HOME: "/nonexistent" };
  const find = (kind: RenderedSource["kind"], signal: AbortSignal) => {
    const tool = tools.get(kind) ?? (kind === "kustomize" ? kustomizeTool : helmTool)(env, signal);
    tools.set(kind, tool);
    return tool;
  };
  return async (source, { files }, signal) => {
    const inflates =
      source.kind === "kustomize" && files.some((file) => path.basename(file) === "Chart.yaml");
    try {
      const tool = await find(source.kind, signal);
      const helm = inflates ? await find("helm", signal) : null;
      const versions = helm === null ? [tool.version] : [tool.version, helm.version];
      return { kind: "found", tool, helm, versions };
    } catch (error) {
      if (!(error instanceof AuditError) || error.code !== "renderer-missing") throw error;
      return { kind: "missing", problem: asProblem(error) };
    }
  };
}

/** The same for every source, so that it is said once. */
function asProblem({ code, what, mend }: AuditError): Problem {
  return { path: "rendering", line: null, code, message: what, remedy: mend, level: "error" };
}
