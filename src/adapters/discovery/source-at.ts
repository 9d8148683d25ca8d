import path from "node:path/posix";
import type { SourceTree } from "../../ports/source-renderer.ts";

/** What a folder is rendered with, as Argo CD tells it. */
export type FolderKind = "helm" | "kustomize" | "plain";

/** @see https://argo-cd.readthedocs.io/en/stable/user-guide/tool_detection/ */
export function folderKind(folder: string, tree: SourceTree): FolderKind {
  const has = (name: string) => tree.blobOf(path.join(folder, name)) !== null;
  if (has("Chart.yaml")) return "helm";
  return ["kustomization.yaml", "kustomization.yml", "Kustomization"].some(has) ? "kustomize" : "plain";
}

/** A path as declarations write it (`./deploy/`, `/deploy`), relative to the repository's root; null where it leads out. */
export function folderPath(written: string): string | null {
  const folder = path.normalize(written.replace(/^\/+/, "") || ".").replace(/\/+$/, "") || ".";
  return folder === ".." || folder.startsWith("../") ? null : folder;
}
