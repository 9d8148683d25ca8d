import type { DocumentText } from "../split-documents.ts";
import { documentValue } from "./edit-document.ts";
import type { FileText } from "./file-text.ts";
import { lineEnd, lineStart } from "./text-lines.ts";

/**
 * The file without one of its documents and the separator before it, or behind it where it is the first.
 *
 * @returns null where no other document says anything.
 */
export function removeDocument(
  file: FileText,
  documents: readonly DocumentText[],
  index: number,
): Buffer | null {
  const others = documents.filter((_, other) => other !== index);
  if (others.every((document) => documentValue(document) === null)) return null;
  return file.splice({ ...extentOf(file.text, documents, index), text: "" });
}

function extentOf(text: string, documents: readonly DocumentText[], index: number) {
  const document = documents[index];
  const offset = document?.offset ?? 0;
  if (document?.isJson === true) return { start: offset, end: lineEnd(text, offset + document.text.length) };
  const next = documents[index + 1];
  const separator = offset === 0 ? -1 : lineStart(text, offset - 1);
  const isSeparated = separator !== -1 && text.startsWith("---", separator);
  if (!isSeparated) return { start: 0, end: next?.offset ?? text.length };
  const end = next === undefined ? text.length : lineStart(text, next.offset - 1);
  return { start: separator, end };
}
