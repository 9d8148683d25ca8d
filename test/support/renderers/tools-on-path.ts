import { symlink } from "node:fs/promises";
import path from "node:path";
import { removeFolder, temporaryFolder } from "../repository/temporary-folder.ts";
import { findRenderers } from "./find-renderers.ts";

export interface ToolChoice {
  /** null for none; `kubectl` for the kubectl given, and no kustomize. */
  readonly kustomize?: "kustomize" | null;
  readonly helm?: "helm3" | "helm4" | null;
  /** Further programs, by the name that they are to be found under. */
  readonly others?: Readonly<Record<string, string>>;
}

export interface ToolsOnPath extends AsyncDisposable {
  /** A PATH that has the chosen tools, and what every machine has. */
  readonly path: string;
}

/** The real tools under the names that people install them by. */
export async function toolsOnPath(choice: ToolChoice = {}): Promise<ToolsOnPath> {
  const renderers = await findRenderers();
  const folder = await temporaryFolder();
  const { kustomize = "kustomize", helm = "helm3", others = {} } = choice;
  const wanted: Record<string, string> = { ...others };
  if (kustomize !== null) wanted.kustomize = renderers[kustomize];
  if (helm !== null) wanted.helm = renderers[helm];
  for (const [name, program] of Object.entries(wanted)) await symlink(program, path.join(folder, name));
  return {
    path: `${folder}:/usr/bin:/bin`,
    [Symbol.asyncDispose]: async () => removeFolder(folder),
  };
}
