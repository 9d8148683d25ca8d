import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { KustomizeSource } from "../../../model/source.ts";
import type { SourceTree } from "../../../ports/source-renderer.ts";
import { ingressDocuments } from "../tool/ingress-documents.ts";
import { type RunLimits, runTool, type ToolResult } from "../tool/run-tool.ts";
import type { Sandbox } from "../tool/sandbox.ts";
import type { Tool } from "../tool/tool.ts";
import { generatedResources } from "./kustomize-inputs.ts";
import { setFields } from "./set-fields.ts";
import { substituteVariables } from "./substitute-variables.ts";

/** Where the repository lies, from the kustomization on top: beside it, as a root must not lie within another. */
export const REPOSITORY = "../repository";

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Run `kustomize build` over a folder, through a kustomization of our own on top of it: that one asks for the
 * annotations which say where each object comes from, and holds what the pipeline puts on top.
 *
 * @param helm The helm that inflates charts of the kustomization; null where it has none.
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/buildmetadata/
 */
export async function buildKustomization(
  source: KustomizeSource,
  tree: SourceTree,
  tool: Tool,
  helm: Tool | null,
  sandbox: Sandbox,
  limits: RunLimits,
): Promise<ToolResult> {
  const top = path.join(path.dirname(sandbox.root), "top");
  await mkdir(top);
  await setFields(path.join(sandbox.root, source.root), source.overrides);
  await writeFile(path.join(top, "kustomization.yaml"), JSON.stringify(await onTopOf(source, tree)));
  const result = await runTool({
    command: tool.command,
    args: [
      ...tool.args,
      top,
      ...(source.loadRestrictor === "none" ? ["--load-restrictor", "LoadRestrictionsNone"] : []),
      ...(helm === null ? [] : ["--enable-helm", "--helm-command", helm.command]),
    ],
    cwd: sandbox.root,
    env: sandbox.env,
    maxBytes: MAX_BYTES,
    ...limits,
  });
  if (result.kind !== "done" || source.substitute === null) return result;
  const ingresses = ingressDocuments(withKinds(result.stdout.toString("utf8"), source.substitute));
  const substituted = substituteVariables(ingresses, source.substitute);
  return substituted.kind === "done" ? { kind: "done", stdout: Buffer.from(substituted.text) } : substituted;
}

/** A kind may be a variable: what it is decides which documents are looked at. */
function withKinds(stdout: string, variables: Readonly<Record<string, string>>): string {
  return stdout.replace(/^kind: .*\$\{.*$/gm, (line) => {
    const substituted = substituteVariables(line, variables);
    return substituted.kind === "done" ? substituted.text : line;
  });
}

/** JSON is YAML. Paths of the overrides start at the source's folder. */
async function onTopOf(
  { isGenerated, overrides, root }: KustomizeSource,
  tree: SourceTree,
): Promise<JsonObject> {
  const folder = path.join(REPOSITORY, root);
  const inFolder = (each: Json) => path.join(folder, String(each));
  const { components, patches, ...others } = overrides;
  const written = Array.isArray(patches) ? patches.filter(isJsonObject) : [];
  return {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: (isGenerated ? generatedResources(root, tree) : null)?.map(inFolder) ?? [folder],
    buildMetadata: ["originAnnotations", "transformerAnnotations"],
    ...others,
    ...(Array.isArray(components) ? { components: components.map(inFolder) } : {}),
    patches: await Promise.all(written.map((patch) => writtenOut(patch, root, tree))),
  };
}

/** A patch in a file of the repository would lie outside the kustomization on top, where kustomize reads none. */
async function writtenOut(patch: JsonObject, root: string, tree: SourceTree): Promise<JsonObject> {
  const { path: file, ...rest } = patch;
  if (typeof file !== "string") return patch;
  const content = await tree.read(path.join(root, file));
  return content === null ? patch : { ...rest, patch: content.toString("utf8") };
}
