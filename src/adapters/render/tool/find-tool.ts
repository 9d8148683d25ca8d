import { constants } from "node:fs";
import { access } from "node:fs/promises";
import path from "node:path";

/** @returns The absolute path of a program on PATH; null where there is none. */
export async function findTool(name: string, pathVariable = process.env.PATH ?? ""): Promise<string | null> {
  for (const folder of pathVariable.split(path.delimiter)) {
    // An entry that is relative would let the audited repository bring its own program.
    if (!path.isAbsolute(folder)) continue;
    const file = path.join(folder, name);
    if (await isExecutable(file)) return file;
  }
  return null;
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
