import { symlink } from "node:fs/promises";
import path from "node:path";
import { findTool } from "../../../src/adapters/render/tool/find-tool.ts";
import { removeFolder, temporaryFolder } from "../repository/temporary-folder.ts";
import { findRenderers } from "./find-renderers.ts";

export interface ToolChoice {
  /** null for none. */
  readonly kustomize?: "kustomize" | null;
  readonly helm?: "helm3" | "helm4" | null;
  /** Further programs, by the name that they are to be found under. */
  readonly others?: Readonly<Record<string, string>>;
}

export interface ToolsOnPath extends AsyncDisposable {
  /** A PATH that has the chosen tools, Git, and nothing else: a machine may have tools of its own. */
  readonly path: string;
}

/** The real tools under the names that people install them by. */
export async function toolsOnPath(choice: ToolChoice = {}): Promise<ToolsOnPath> {
  const renderers = await findRenderers();
  const folder = await temporaryFolder();
  const { kustomize = "kustomize", helm = "helm3", others = {} } = choice;
  const wanted: Record<string, string> = { git: await gitProgram(), ...others };
  if (kustomize !== null) wanted.kustomize = renderers[kustomize];
  if (helm !== null) wanted.helm = renderers[helm];
  for (const [name, program] of Object.entries(wanted)) await symlink(program, path.join(folder, name));
  return {
    path: folder,
    [Symbol.asyncDispose]: async () => removeFolder(folder),
  };
}

async function gitProgram(): Promise<string> {
  const git = await findTool("git");
  if (git === null) throw new Error("There is no git on PATH");
  return git;
}
