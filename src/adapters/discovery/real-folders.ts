import path from "node:path";
import type { SourceTree } from "../../ports/source-renderer.ts";
import type { ReadKustomization } from "./non-manifests.ts";

/**
 * Which folder a kustomization's folder is: another one, where a symbolic link leads there, so that each file in it is
 * one of the other's.
 */
export function realFolders(
  tree: SourceTree,
  kustomizations: readonly LocatedKustomization[],
): (folder: string) => string {
  const real = new Map(kustomizations.map((each) => [each.folder, realFolder(tree, each)]));
  return (folder) => real.get(folder) ?? folder;
}

type LocatedKustomization = Pick<ReadKustomization, "file" | "folder">;

function realFolder({ filesBelow, links }: SourceTree, { file, folder }: LocatedKustomization): string {
  const target = links?.get(file);
  if (target === undefined || path.posix.basename(target) !== path.posix.basename(file)) return folder;
  const other = path.posix.dirname(target);
  const isSame = (each: string) =>
    links?.get(each) === path.posix.join(other, path.posix.relative(folder, each));
  return filesBelow(folder).every(isSame) ? other : folder;
}
