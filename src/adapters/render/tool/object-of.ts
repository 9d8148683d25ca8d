import { type Document, parseDocument } from "yaml";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";

/** @returns null where a text is no one YAML document, or no map. */
export function objectIn(text: string): JsonObject | null {
  return objectOf(parseDocument(text, { prettyErrors: false, logLevel: "error" }));
}

/**
 * The map that a document is.
 *
 * @returns null where it is none, or cannot be read: an alias without its anchor shows only here.
 */
export function objectOf(document: Document): JsonObject | null {
  if (document.errors.length > 0) return null;
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}
