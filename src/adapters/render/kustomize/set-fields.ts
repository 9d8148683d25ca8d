import { access, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { isMap, parseDocument } from "yaml";
import type { JsonObject } from "../../../model/json.ts";
import { KUSTOMIZATION_FILES } from "./kustomize-inputs.ts";

/** A pipeline sets these in the folder's own kustomization; on top of it they would be put before those it has. */
const REPLACED = ["namePrefix", "nameSuffix"] as const;

/**
 * Take out of a folder's kustomization what the pipeline sets in its place.
 *
 * @param folder   In the sandbox.
 * @param overrides Fields of a kustomization that come on top.
 */
export async function setFields(folder: string, overrides: JsonObject): Promise<void> {
  const replaced = REPLACED.filter((field) => overrides[field] !== undefined);
  if (replaced.length === 0) return;
  for (const name of KUSTOMIZATION_FILES) {
    const file = path.join(folder, name);
    if (!(await isThere(file))) continue;
    const document = parseDocument(await readFile(file, "utf8"), { logLevel: "error" });
    if (document.errors.length > 0 || !isMap(document.contents)) return;
    for (const field of replaced) document.delete(field);
    await writeFile(file, document.toString());
    return;
  }
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
