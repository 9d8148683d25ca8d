import { parseDocument } from "yaml";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { onceForEach } from "../../../model/once-for-each.ts";
import type { SourceTree } from "../../../ports/source-renderer.ts";

/** @returns null where there is no such file, or where it holds no map: the tool says what is wrong with it. */
export async function readYamlObject(file: string, tree: SourceTree): Promise<JsonObject | null> {
  const content = await tree.read(file);
  return content === null ? null : objectIn(content);
}

const objectIn = onceForEach((content: Buffer): JsonObject | null => {
  const document = parseDocument(content.toString("utf8"), { prettyErrors: false, logLevel: "error" });
  const value: unknown = document.errors.length > 0 ? null : document.toJS({ maxAliasCount: 100 });
  return isJsonObject(value) ? value : null;
});
