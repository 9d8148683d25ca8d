import type { DiscoveredSource } from "../../model/discovery.ts";
import type { SourceTree } from "../../ports/source-renderer.ts";
import { type ReadKustomization, readKustomizations } from "./non-manifests.ts";
import { realFolders } from "./real-folders.ts";

/** Each kustomization that no other one uses, where nothing declares what is applied; one that links lead to counts once. */
export async function undeclaredSources(tree: SourceTree): Promise<readonly DiscoveredSource[]> {
  const all = await readKustomizations(tree);
  const realFolder = realFolders(tree, all);
  const used = new Set(all.flatMap(({ resources }) => resources).map(realFolder));
  return all
    .filter(({ folder, hasResources, isComponent }) => !isComponent && hasResources && !used.has(folder))
    .filter(({ folder }) => realFolder(folder) === folder)
    .map((kustomization) => sourceOf(kustomization));
}

function sourceOf({ file, folder }: ReadKustomization): DiscoveredSource {
  return {
    source: {
      kind: "kustomize",
      id: `kustomize ${folder}`,
      root: folder,
      namespace: null,
      overrides: {},
      loadRestrictor: "root-only",
      isGenerated: false,
      substitute: null,
    },
    declaredBy: { kind: "kustomization file", name: folder, place: { path: file, line: 1 } },
    definedBy: [],
    reason: "No other kustomization uses it, and nothing says what is applied.",
    destination: { server: null, name: null },
    appliedBy: null,
    appliedRevision: null,
  };
}
