import { isAlias, isCollection, isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from "yaml";
import type { RawPath } from "../../../model/ingress.ts";
import type { Json } from "../../../model/json.ts";
import { applyValueEdit, type ValueEdit, valueAt } from "../../../model/value-edit.ts";
import { fieldLines } from "../field-lines.ts";
import { locateField } from "../locate-field.ts";
import { type ParsedYaml, parseYaml } from "../parse-yaml.ts";
import type { DocumentText } from "../split-documents.ts";
import { aliasTargets, yamlToJson } from "../yaml-to-json.ts";
import { addPair, insertItem } from "./add-item.ts";
import type { Splice } from "./file-text.ts";
import { layoutOf } from "./layout-of.ts";
import { notEditable } from "./not-editable.ts";
import { removeItem } from "./remove-item.ts";
import { reorderItems } from "./reorder-items.ts";
import { replaceItem } from "./replace-item.ts";
import { isWritten, type Slot, slotsAlong } from "./yaml-places.ts";

/** What a document says, as kubectl reads it; undefined where it cannot be read. */
export function documentValue(document: DocumentText): Json | undefined {
  return valueOfParsed(parseYaml(document));
}

function valueOfParsed(parsed: ParsedYaml): Json | undefined {
  if (parsed.kind === "broken") return undefined;
  if (parsed.root === null) return null;
  const json = yamlToJson(parsed.root);
  return json.kind === "json" ? json.value : undefined;
}

/** The line of a field, or of the nearest above it that is written; the document's first is 0. */
export function lineInDocument(document: DocumentText, path: RawPath): number {
  const { root } = parseYaml(document);
  if (root === null) return 0;
  return fieldLines(document.text, locateField(root, aliasTargets(root))).lineAt(path);
}

/**
 * The part of a document's text to replace, so that it says what the edit makes of it.
 *
 * @returns A splice with indices into the document's text.
 * @throws {AuditError} `not-editable`.
 */
export function editDocument(document: DocumentText, edit: ValueEdit): Splice {
  const parsed = parseYaml(document, { keepSourceTokens: true });
  const before = valueOfParsed(parsed);
  if (parsed.root === null || before === undefined) throw notEditable("the document cannot be read");
  const written = asWritten(parsed.root, before, edit);
  refuseShared(parsed.root, written.path);
  const context = { text: document.text, layout: layoutOf(parsed.root, document) };
  const slots = slotsAlong(parsed.root, written.path);
  const whole = slots.length === written.path.length + 1;
  const slot = slots.at(-1) as Slot;
  switch (written.kind) {
    case "set":
      return whole ? replaceItem(slot, written.value, context) : addField(slot, written, context);
    case "remove":
      return removeItem(slot.parent as YAMLMap | YAMLSeq, slot.index, context);
    case "insert":
      return insertItem(slot.node as YAMLSeq, written.index, written.value, context);
    case "reorder":
      return reorderItems(slot.node as YAMLSeq, written.order, context);
    default:
      return written satisfies never;
  }
}

function addField(
  { node }: Slot,
  { path, value }: ValueEdit & { kind: "set" },
  context: Parameters<typeof addPair>[3],
): Splice {
  if (!isMap(node)) throw notEditable("there is no map that could take the field");
  return addPair(node, String(path.at(-1)), value, context);
}

/**
 * The same edit, of what the text has written out: where an alias or a merge brings the place, or a map on the way is
 * missing or empty, the whole value there is written instead; a collection that loses its last item is written empty.
 */
function asWritten(root: Node, before: Json, edit: ValueEdit): ValueEdit {
  const after = applied(before, edit);
  const setAt = (path: RawPath): ValueEdit => {
    const value = valueAt(after, path);
    if (value === undefined)
      throw notEditable("a merge (<<) brings the field, which cannot be taken away here");
    return { kind: "set", path, value };
  };
  const slots = slotsAlong(root, edit.path);
  const depth = slots.length - 1;
  const last = slots.at(-1)?.node ?? null;
  if (depth < edit.path.length) {
    const isOpen = isMap(last) && last.items.length > 0;
    return setAt(edit.path.slice(0, isOpen ? depth + 1 : depth));
  }
  if (edit.kind === "insert" || edit.kind === "reorder") {
    return isSeq(last) && last.items.length > 0 ? edit : setAt(edit.path);
  }
  if (edit.kind !== "remove") return edit;
  const parent = slots.at(-2)?.node;
  const isOnly = isCollection(parent) && parent.items.length === 1;
  return isOnly ? setAt(edit.path.slice(0, -1)) : edit;
}

function applied(before: Json, edit: ValueEdit): Json {
  try {
    return applyValueEdit(before, edit);
  } catch (error) {
    if (error instanceof RangeError) throw notEditable("the field that is to change is not there", error);
    throw error;
  }
}

/** An alias elsewhere repeats what stands at an anchor: it would change too. */
function refuseShared(root: Node, path: RawPath): void {
  const targets = new Set(aliasTargets(root).values());
  for (const { node } of slotsAlong(root, path)) {
    if (node === null || isAlias(node) || !targets.has(node)) continue;
    const anchor = (isScalar(node) || isCollection(node)) && isWritten(node) ? node.anchor : undefined;
    throw notEditable(`an alias (*${anchor ?? "…"}) repeats the value elsewhere, and would change too`);
  }
}
