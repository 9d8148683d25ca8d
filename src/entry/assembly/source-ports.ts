import { availableParallelism } from "node:os";
import type { RenderConfiguration } from "../../model/configuration.ts";
import type { SourceDiscovery } from "../../ports/source-discovery.ts";
import type { SourceRenderer } from "../../ports/source-renderer.ts";
import { userCacheFolder } from "./user-cache-folder.ts";

/** Finds sources; loaded when it is asked, as what it understands of Argo CD and Flux is large. */
export const lazyDiscovery: SourceDiscovery = {
  discover: async (request) => (await loadDiscovery()).discover(request),
  roots: async (tree) => (await loadDiscovery()).roots(tree),
  definitionIn: async (tree, source, remotes) => (await loadDiscovery()).definitionIn(tree, source, remotes),
};

async function loadDiscovery(): Promise<SourceDiscovery> {
  return (await import("../../adapters/discovery/discover-sources.ts")).sourceDiscovery;
}

/** Renders sources by the tools on PATH; loaded where there is something to render. */
export function lazyToolRenderer(configuration: RenderConfiguration): SourceRenderer {
  let renderer: Promise<SourceRenderer> | null = null;
  const load = async () => {
    const { renderCache } = await import("../../adapters/render/tool/render-cache.ts");
    const { toolRenderer } = await import("../../adapters/render/tool-renderer.ts");
    return toolRenderer({
      cache: renderCache(userCacheFolder("renders", process.env)),
      path: process.env.PATH ?? "",
      parallelism: availableParallelism(),
      ...configuration,
    });
  };
  const loaded = () => {
    renderer ??= load();
    return renderer;
  };
  return {
    inputsOf: async (source, tree) => (await loaded()).inputsOf(source, tree),
    render: async (source, inputs, tree, signal) => (await loaded()).render(source, inputs, tree, signal),
  };
}
