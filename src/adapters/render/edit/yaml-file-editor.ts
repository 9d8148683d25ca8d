import { Document } from "yaml";
import { type IngressId, ingressKey } from "../../../model/ingress.ts";
import { isJsonObject, type Json, sameJson } from "../../../model/json.ts";
import { applyValueEdit, valueAt } from "../../../model/value-edit.ts";
import type { DeclaredPlace, DocumentChange, FileEditor } from "../../../ports/file-editor.ts";
import type { SourceFile } from "../../../ports/renderer.ts";
import { textMentionsIngress } from "../ingress-text.ts";
import { readManifests } from "../read-manifests.ts";
import { type DocumentText, splitAllDocuments } from "../split-documents.ts";
import { documentValue, editDocument, lineInDocument } from "./edit-document.ts";
import { type FileText, fileText, type Splice } from "./file-text.ts";
import { notEditable } from "./not-editable.ts";
import { removeDocument } from "./remove-document.ts";

/** Edits YAML and JSON as kubectl reads them. */
export const yamlFileEditor: FileEditor = {
  read: (content) => {
    const file = fileText(content);
    return file === null ? null : splitAllDocuments(file.text).map(documentValue);
  },

  find: (file, id) => {
    const read = fileText(file.content);
    return read === null ? null : findIngress(splitAllDocuments(read.text), file, id);
  },

  lineOf: (content, place) => {
    const document = splitAllDocuments(readable(content).text)[place.document];
    return document === undefined ? 1 : document.line + lineInDocument(document, place.path);
  },

  edit: (content, change) => {
    const file = readable(content);
    const documents = splitAllDocuments(file.text);
    if (documents.every((each) => documentValue(each) === null)) return firstValue(file, change);
    const document = documentAt(documents, change.document);
    const splice = clamped(editDocument(document, change.edit), document, file);
    const edited = file.splice(splice);
    check(documents, splitAllDocuments(readable(edited).text), change);
    return edited;
  },

  remove: (content, { document, path }) => {
    const list = path.slice(0, -1);
    const file = readable(content);
    const documents = splitAllDocuments(file.text);
    const siblings = valueAt(documentValue(documentAt(documents, document)), list);
    if (Array.isArray(siblings) && path.length > 0 && siblings.length > 1)
      return yamlFileEditor.edit(content, { document, edit: { kind: "remove", path } });
    return removeDocument(file, documents, document);
  },

  append: (content, object) => {
    const text = printed(object);
    if (content === null) return Buffer.from(text, "utf8");
    const file = readable(content);
    if (splitAllDocuments(file.text).some(({ isJson }) => isJson)) throw notEditable("the file is JSON");
    const ended = file.text === "" || file.text.endsWith("\n") ? "" : "\n";
    const end = file.text.length;
    return file.splice({ start: end, end, text: `${ended}---\n${text}` });
  },
};

/** Into a file that says nothing yet, but for comments. */
function firstValue(file: FileText, { document, edit }: DocumentChange): Buffer {
  if (edit.kind !== "set" || edit.path.length === 0 || document !== 0)
    throw notEditable("the document is empty");
  const value = applyValueEdit({}, edit);
  const end = file.text.length;
  const ended = file.text === "" || file.text.endsWith("\n") ? "" : "\n";
  const edited = file.splice({ start: end, end, text: `${ended}${printed(value)}` });
  const [first, ...more] = splitAllDocuments(readable(edited).text).filter(
    (each) => documentValue(each) !== null,
  );
  if (first !== undefined && more.length === 0 && sameJson(documentValue(first), value)) return edited;
  throw notEditable("the file has a layout that takes no first value");
}

function printed(value: Json): string {
  return new Document(value, { version: "1.1", aliasDuplicateObjects: false }).toString({ lineWidth: 0 });
}

function readable(content: Buffer): FileText {
  const file = fileText(content);
  if (file === null) throw notEditable("the file is not UTF-8");
  return file;
}

function documentAt(documents: readonly DocumentText[], index: number): DocumentText {
  const document = documents[index];
  if (document === undefined || document.hasStraySeparator) throw notEditable("the document cannot be read");
  return document;
}

function findIngress(
  documents: readonly DocumentText[],
  file: SourceFile,
  id: IngressId,
): DeclaredPlace | null {
  for (const [index, document] of documents.entries()) {
    if (document.hasStraySeparator || !textMentionsIngress(document.text)) continue;
    const read = readManifests(document, file.defaultNamespace);
    if (read.kind !== "read") continue;
    const manifest = read.manifests.find(
      (each) => each.id !== null && ingressKey(each.id) === ingressKey(id),
    );
    if (manifest === undefined) continue;
    const object = valueAt(documentValue(document), manifest.path);
    if (isJsonObject(object))
      return { document: index, path: manifest.path, object, line: document.line + manifest.line };
  }
  return null;
}

/** The text of a document ends in a newline, even where the file does not. */
function clamped({ start, end, text }: Splice, { offset }: DocumentText, file: FileText): Splice {
  const { length } = file.text;
  const hasNewline = file.text.endsWith("\n");
  const at = { start: Math.min(offset + start, length), end: Math.min(offset + end, length) };
  if (hasNewline || offset + end <= length) return { ...at, text };
  const ended = text.replace(/\n$/, "");
  return { ...at, text: offset + start > length ? `\n${ended}` : ended };
}

/** What the edit does not mean stays, and what it means is there. */
function check(
  before: readonly DocumentText[],
  after: readonly DocumentText[],
  change: DocumentChange,
): void {
  const isAsMeant = (value: Json | undefined, index: number): boolean => {
    const read = after[index];
    if (read === undefined) return false;
    if (index !== change.document) return before[index]?.text === read.text;
    return value !== undefined && sameJson(applyValueEdit(value, change.edit), documentValue(read));
  };
  const values = before.map((document, index) =>
    index === change.document ? documentValue(document) : null,
  );
  if (after.length === before.length && values.every(isAsMeant)) return;
  throw notEditable("the change would reach further than the field, as anchors, tags or the layout have it");
}
