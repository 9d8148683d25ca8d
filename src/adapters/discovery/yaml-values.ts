import { type Document, parseAllDocuments, parseDocument } from "yaml";

const QUIET = { prettyErrors: false, logLevel: "error" } as const;

/** What a text of one YAML or JSON document says: null for an empty one, undefined for what cannot be read. */
export function yamlValue(text: string): unknown {
  return documentValue(parseDocument(text, QUIET));
}

/** The same of each document of a text. */
export function yamlValues(text: string): readonly unknown[] {
  return [...parseAllDocuments(text, QUIET)].map(documentValue);
}

/** An alias without its anchor, and too many of them, show only where the values are made. */
export function documentValue(document: Document): unknown {
  if (document.errors.length > 0) return undefined;
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}
