import { parseAllDocuments } from "yaml";
import { AuditError } from "../../model/audit-error.ts";
import type { Json } from "../../model/json.ts";

/**
 * The documents of a snapshot, empty ones left out; at least one.
 *
 * @throws {AuditError} `snapshot-unreadable`.
 */
export function parseSnapshot(text: string, source: string): readonly Json[] {
  const start = text.trimStart()[0];
  if (start === undefined) {
    throw unreadable(source, "is empty", "The command that wrote it probably failed: run it again and look.");
  }
  if (start === "<") {
    throw unreadable(
      source,
      "is a web page",
      "The request was probably redirected to a login: take it again.",
    );
  }
  const all = start === "{" ? [parseJson(text, source)] : parseYaml(text, source);
  const documents = all.filter((document) => document !== null);
  if (documents.length === 0) throw unreadable(source, "holds no document", "Take the snapshot again.");
  return documents;
}

function parseJson(text: string, source: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    // V8's message quotes what is there, which is not ours to show: only the place is taken from it.
    const place = error instanceof Error ? (/line \d+ column \d+/.exec(error.message)?.[0] ?? "") : "";
    const isCutOff = !text.trimEnd().endsWith("}");
    throw isCutOff
      ? unreadable(source, "ends in the middle of its JSON", "It was cut off: take the snapshot again.")
      : unreadable(
          source,
          `is not one JSON document${place === "" ? "" : ` (${place})`}`,
          "Take it with one kubectl call for both kinds.",
        );
  }
}

function parseYaml(text: string, source: string): readonly Json[] {
  const documents = parseAllDocuments(text);
  return [...documents].map((document) => {
    const [error] = document.errors;
    if (error !== undefined) {
      const [summary = error.message] = error.message.split("\n");
      throw unreadable(source, `is neither JSON nor valid YAML: ${summary}`, "Take the snapshot again.");
    }
    return toJson(document, source);
  });
}

function toJson(document: { toJS(): unknown }, source: string): Json {
  try {
    return document.toJS() as Json;
  } catch (error) {
    // Aliases that expand without end.
    throw unreadable(source, "is YAML that cannot be resolved", "Write it without aliases.", error);
  }
}

function unreadable(source: string, how: string, mend: string, cause?: unknown): AuditError {
  return new AuditError({
    code: "snapshot-unreadable",
    what: `The snapshot ${source} ${how}`,
    where: { snapshot: source },
    mend,
    cause,
  });
}
