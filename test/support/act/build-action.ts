import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundle } from "../../../scripts/build/bundle.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");

/** The Action as a workflow would find it, built from the sources as they are now. */
export interface BuiltAction extends AsyncDisposable {
  /** Holds action.yml and dist/. */
  readonly folder: string;
}

export async function buildAction(): Promise<BuiltAction> {
  const folder = await mkdtemp(path.join(tmpdir(), "ingress-audit-action-"));
  await mkdir(path.join(folder, "dist"));
  await bundle(path.join(folder, "dist"));
  // package.json tells Node.js that these are modules.
  for (const file of ["action.yml", "package.json"])
    await copyFile(path.join(ROOT, file), path.join(folder, file));
  return {
    folder,
    [Symbol.asyncDispose]: async () => await rm(folder, { recursive: true, force: true }),
  };
}
