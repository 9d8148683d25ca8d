import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { JsonObject } from "../../../model/json.ts";
import type { KustomizeSource } from "../../../model/source.ts";
import { runTool, type ToolResult } from "../tool/run-tool.ts";
import type { Sandbox } from "../tool/sandbox.ts";
import type { Tool } from "../tool/tool.ts";

/** Where the repository lies, from the kustomization on top: beside it, as a root must not lie within another. */
export const REPOSITORY = "../repository";

const TIMEOUT_MS = 60_000;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Run `kustomize build` over a folder, through a kustomization of our own on top of it: that one asks for the
 * annotations which say where each object comes from, and holds what the pipeline puts on top.
 *
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/buildmetadata/
 */
export async function buildKustomization(
  source: KustomizeSource,
  tool: Tool,
  sandbox: Sandbox,
  signal: AbortSignal,
): Promise<ToolResult> {
  const top = path.join(path.dirname(sandbox.root), "top");
  await mkdir(top);
  const folder = path.join(REPOSITORY, source.root);
  await writeFile(path.join(top, "kustomization.yaml"), JSON.stringify(onTopOf(folder, source.overrides)));
  const restrictor = source.loadRestrictor === "none" ? ["--load-restrictor", "LoadRestrictionsNone"] : [];
  return runTool({
    command: tool.command,
    args: [...tool.args, top, ...restrictor],
    cwd: sandbox.root,
    env: sandbox.env,
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    signal,
  });
}

/** JSON is YAML. */
function onTopOf(folder: string, overrides: JsonObject): JsonObject {
  return {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: [folder],
    buildMetadata: ["originAnnotations", "transformerAnnotations"],
    ...overrides,
  };
}
