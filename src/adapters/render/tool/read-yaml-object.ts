import type { JsonObject } from "../../../model/json.ts";
import { onceForEach } from "../../../model/once-for-each.ts";
import type { SourceTree } from "../../../ports/source-renderer.ts";
import { objectIn } from "./object-of.ts";

/** @returns null where there is no such file, or where it holds no map: the tool says what is wrong with it. */
export async function readYamlObject(file: string, tree: SourceTree): Promise<JsonObject | null> {
  const content = await tree.read(file);
  return content === null ? null : objectInFile(content);
}

const objectInFile = onceForEach((content: Buffer) => objectIn(content.toString("utf8")));
