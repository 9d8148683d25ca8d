import { type RenderCache, renderCache } from "../../../src/adapters/render/tool/render-cache.ts";
import { type ToolRendererOptions, toolRenderer } from "../../../src/adapters/render/tool-renderer.ts";
import type { DesiredIngress, RawPath } from "../../../src/model/ingress.ts";
import { ingressKey } from "../../../src/model/ingress.ts";
import type { HelmSource, KustomizeSource, RenderedSource } from "../../../src/model/source.ts";
import type { RenderedFile } from "../../../src/ports/renderer.ts";
import type { SourceInputs } from "../../../src/ports/source-renderer.ts";
import { memoryTree } from "./memory-tree.ts";
import { type ToolChoice, toolsOnPath } from "./tools-on-path.ts";

export type Files = Readonly<Record<string, string | Buffer>>;

export interface RenderSettings extends ToolChoice {
  readonly allowNetwork?: boolean;
  readonly timeoutSeconds?: number;
  readonly cache?: RenderCache;
  readonly onRun?: ToolRendererOptions["onRun"];
  /** In the place of the chosen tools. */
  readonly path?: string;
  readonly signal?: AbortSignal;
}

export interface RenderedFiles extends RenderedFile {
  readonly inputs: SourceInputs;
}

/** Render a source of some files by the real tools. */
export async function renderFiles(
  source: RenderedSource,
  files: Files,
  settings: RenderSettings = {},
): Promise<RenderedFiles> {
  await using tools = await toolsOnPath(settings);
  const renderer = toolRenderer({
    cache: settings.cache ?? renderCache(null),
    allowNetwork: settings.allowNetwork ?? false,
    timeoutSeconds: settings.timeoutSeconds ?? 60,
    parallelism: 2,
    path: settings.path ?? tools.path,
    ...(settings.onRun === undefined ? {} : { onRun: settings.onRun }),
  });
  const tree = memoryTree(files);
  const inputs = await renderer.inputsOf(source, tree);
  const signal = settings.signal ?? AbortSignal.timeout(60_000);
  return { ...(await renderer.render(source, inputs, tree, signal)), inputs };
}

export function kustomizeSource(root: string, changes: Partial<KustomizeSource> = {}): KustomizeSource {
  return {
    kind: "kustomize",
    id: `kustomize ${root}`,
    root,
    namespace: null,
    overrides: {},
    loadRestrictor: "root-only",
    isGenerated: false,
    substitute: null,
    ...changes,
  };
}

export function helmSource(chart: string, changes: Partial<HelmSource> = {}): HelmSource {
  return {
    kind: "helm",
    id: `helm ${chart}`,
    chart,
    releaseName: "shop",
    namespace: "shop",
    valueFiles: [],
    values: null,
    set: [],
    setFiles: [],
    isDefaultReplaced: false,
    kubeVersion: null,
    apiVersions: [],
    ...changes,
  };
}

/** `namespace/name host origin`, for each Ingress, sorted. */
export function outline({ ingresses }: RenderedFile): readonly string[] {
  const lines = ingresses.map((ingress) => {
    const { path, line } = ingress.origin;
    return `${ingressKey(ingress.id)} ${hostOf(ingress)} ${path}:${line}`;
  });
  return lines.sort();
}

/** `path:line` of the line that carries a field of the only Ingress; null where nothing tells. */
export function placeOf({ ingresses }: RenderedFile, field: RawPath): string | null {
  const place = ingresses[0]?.placeAt(field) ?? null;
  return place === null ? null : `${place.path}:${place.line}`;
}

export function hostOf({ object }: DesiredIngress): string {
  const spec = object.spec as { rules?: readonly { host?: string }[] } | undefined;
  return spec?.rules?.[0]?.host ?? "";
}

/** An Ingress with one rule. */
export function ingressText(changes: { name?: string; namespace?: string; host?: string } = {}): string {
  const { name = "web", namespace, host = "shop.example.com" } = changes;
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
${namespace === undefined ? "" : `  namespace: ${namespace}\n`}spec:
  rules:
    - host: ${host}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: web, port: { number: 80 } } }
`;
}
