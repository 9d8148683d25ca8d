import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { JsonObject } from "../../../model/json.ts";
import type { KustomizeSource } from "../../../model/source.ts";
import type { SourceTree } from "../../../ports/source-renderer.ts";
import { type RunLimits, runTool, type ToolResult } from "../tool/run-tool.ts";
import type { Sandbox } from "../tool/sandbox.ts";
import type { Tool } from "../tool/tool.ts";
import { generatedResources } from "./kustomize-inputs.ts";
import { substituteVariables } from "./substitute-variables.ts";

/** Where the repository lies, from the kustomization on top: beside it, as a root must not lie within another. */
export const REPOSITORY = "../repository";

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Run `kustomize build` over a folder, through a kustomization of our own on top of it: that one asks for the
 * annotations which say where each object comes from, and holds what the pipeline puts on top.
 *
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/buildmetadata/
 */
export async function buildKustomization(
  source: KustomizeSource,
  tree: SourceTree,
  tool: Tool,
  sandbox: Sandbox,
  limits: RunLimits,
): Promise<ToolResult> {
  const top = path.join(path.dirname(sandbox.root), "top");
  await mkdir(top);
  await writeFile(path.join(top, "kustomization.yaml"), JSON.stringify(onTopOf(source, tree)));
  const restrictor = source.loadRestrictor === "none" ? ["--load-restrictor", "LoadRestrictionsNone"] : [];
  const result = await runTool({
    command: tool.command,
    args: [...tool.args, top, ...restrictor],
    cwd: sandbox.root,
    env: sandbox.env,
    maxBytes: MAX_BYTES,
    ...limits,
  });
  if (result.kind !== "done" || source.substitute === null) return result;
  return {
    kind: "done",
    stdout: Buffer.from(substituteVariables(result.stdout.toString("utf8"), source.substitute)),
  };
}

/** JSON is YAML. Paths of the overrides start at the source's folder. */
function onTopOf({ isGenerated, overrides, root }: KustomizeSource, tree: SourceTree): JsonObject {
  const folder = path.join(REPOSITORY, root);
  const generated = isGenerated ? generatedResources(root, tree) : null;
  const components = Array.isArray(overrides.components) ? overrides.components : [];
  return {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: generated?.map((each) => path.join(folder, each)) ?? [folder],
    buildMetadata: ["originAnnotations", "transformerAnnotations"],
    ...overrides,
    ...(components.length === 0
      ? {}
      : { components: components.map((each) => path.join(folder, String(each))) }),
  };
}
