import { isMap, isScalar, type Node, type Pair, Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { isJsonObject, type Json } from "../../../model/json.ts";
import type { Splice } from "./file-text.ts";
import { notEditable } from "./not-editable.ts";
import { indentLines, type Layout, printBlock, printInline, printQuoted } from "./print-value.ts";
import { columnOf, isFirstOnLine, lineEnd, lineStart, withLeadingComments } from "./text-lines.ts";
import { endOfItem, endOfKey, isInline, isWritten, type Slot, startOfItem } from "./yaml-places.ts";

export interface EditContext {
  readonly text: string;
  readonly layout: Layout;
}

type Items = YAMLMap | YAMLSeq;

/** Another value in the place of an item's. */
export function replaceItem({ parent, index, node }: Slot, value: Json, context: EditContext): Splice {
  if (parent === null) throw notEditable("it is the whole document");
  const { text, layout } = context;
  const isOneLine = parent.flow === true || (isInlineValue(value) && (!isWritten(node) || isInline(node)));
  if (isOneLine && isWritten(node)) {
    const [start = 0, end = 0] = node.range ?? [];
    return { start, end, text: inlineLike(node, value, context, columnOf(text, start)) };
  }
  const start = isMap(parent) ? endOfKey(parent.items[index] as Pair) : startOfItem(parent, index) + 1;
  if (isOneLine) return { start, end: start, text: ` ${printInline(value, layout)}` };
  return replaceBlock(start, endOfItem(parent, index), blockBehind(parent, index, value, context), text);
}

/** A new value of several lines takes what else stands on the old one's line behind its first line. */
function replaceBlock(start: number, end: number, block: string, text: string): Splice {
  const isAtLineStart = text[end - 1] === "\n";
  if (isAtLineStart) return { start, end, text: block };
  const rest = text.slice(end, lineEnd(text, end));
  const [first = "", ...lines] = block.split("\n");
  if (lines.length <= 1) return { start, end, text: first };
  return { start, end: end + rest.length, text: [first + rest.replace(/\n$/, ""), ...lines].join("\n") };
}

/** What stands behind a key's colon or an entry's dash, to the end of its last line. */
function blockBehind(parent: Items, index: number, value: Json, { text, layout }: EditContext): string {
  const column = columnOf(text, startOfItem(parent, index));
  const printed = isMap(parent)
    ? printBlock({ k: value }, layout).slice(2)
    : printBlock([value], layout).slice(1);
  const [first = "", ...rest] = printed.split("\n");
  return [first, indentLines(rest.join("\n"), column)].join("\n");
}

function inlineLike(old: Node, value: Json, { layout }: EditContext, column: number): string {
  if (layout.isJson) return json(value, layout, column);
  if (isScalar(old) && typeof value === "string" && !value.includes("\n")) {
    if (old.type === Scalar.QUOTE_DOUBLE) return printQuoted(value, "double");
    if (old.type === Scalar.QUOTE_SINGLE) return printQuoted(value, "single");
  }
  return printInline(value, layout);
}

export function addPair(map: YAMLMap, key: string, value: Json, context: EditContext): Splice {
  const { text, layout } = context;
  const last = map.items.length - 1;
  if (map.flow === true) {
    const name = layout.isJson ? JSON.stringify(key) : printInline(key, layout);
    return addInFlow(map, last, (column) => `${name}: ${inFlow(value, layout, column)}`, text);
  }
  const at = lineEnd(text, endOfItem(map, last));
  const column = columnOf(text, startOfItem(map, 0));
  return { start: at, end: at, text: indentLines(printBlock({ [key]: value }, layout), column) };
}

export function insertItem(list: YAMLSeq, index: number, value: Json, context: EditContext): Splice {
  const { text, layout } = context;
  if (list.flow === true) {
    if (index > 0) return addInFlow(list, index - 1, (column) => inFlow(value, layout, column), text);
    const at = startOfItem(list, 0);
    const column = columnOf(text, at);
    const between = isFirstOnLine(text, at) ? `,\n${" ".repeat(column)}` : ", ";
    return { start: at, end: at, text: inFlow(value, layout, column) + between };
  }
  const dash = startOfItem(list, 0);
  const column = columnOf(text, dash);
  const printed = indentLines(printBlock([value], layout), column);
  if (index === 0 && !isFirstOnLine(text, dash)) throw notEditable("the list begins within a line");
  const at = index === 0 ? withLeadingComments(text, dash) : lineEnd(text, endOfItem(list, index - 1));
  return { start: at, end: at, text: printed };
}

/** Behind an item of a flow collection: on a line of its own where that item has one. */
function addInFlow(items: Items, index: number, print: (column: number) => string, text: string): Splice {
  const end = endOfItem(items, index);
  const start = startOfItem(items, index);
  const column = columnOf(text, start);
  const between = isFirstOnLine(text, start) ? `,\n${" ".repeat(column)}` : ", ";
  return { start: end, end, text: between + print(column) };
}

function inFlow(value: Json, layout: Layout, column: number): string {
  return layout.isJson ? json(value, layout, column) : printInline(value, layout);
}

/** Collections over several lines, as JSON is mostly written; short ones on one. */
function json(value: Json, { indent }: Layout, column: number): string {
  const text = JSON.stringify(value);
  if (typeof value !== "object" || text.length <= 60) return text;
  const [first = "", ...rest] = JSON.stringify(value, null, indent).split("\n");
  return [first, ...rest.map((line) => " ".repeat(column) + line)].join("\n");
}

/** One of several. */
export function removeItem(items: Items, index: number, { text }: EditContext): Splice {
  const start = startOfItem(items, index);
  const isLast = index === items.items.length - 1;
  if (items.flow === true) {
    return isLast
      ? { start: endOfItem(items, index - 1), end: endOfItem(items, index), text: "" }
      : { start, end: startOfItem(items, index + 1), text: "" };
  }
  if (isFirstOnLine(text, start))
    return { start: lineStart(text, start), end: lineEnd(text, endOfItem(items, index)), text: "" };
  if (isLast) throw notEditable("it begins within a line");
  return { start, end: startOfItem(items, index + 1), text: "" };
}

/** Entries change places with the comments right above them; what else is between them stays. */
export function reorderItems(list: YAMLSeq, order: readonly number[], { text }: EditContext): Splice {
  const parts = list.items.map((_, index) => extentOf(list, index, text));
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined) throw notEditable("the list is empty");
  const pieces = order.map((from, index) => {
    const [start = 0, end = 0] = parts[from] ?? [];
    const gap = text.slice(parts[index]?.[1] ?? 0, parts[index + 1]?.[0] ?? parts[index]?.[1] ?? 0);
    return text.slice(start, end) + gap;
  });
  return { start: first[0], end: last[1], text: pieces.join("") };
}

function extentOf(list: YAMLSeq, index: number, text: string): readonly [number, number] {
  const start = startOfItem(list, index);
  const end = endOfItem(list, index);
  if (list.flow === true) return [start, end];
  if (!isFirstOnLine(text, start)) throw notEditable("an entry begins within a line");
  return [withLeadingComments(text, start), lineEnd(text, end)];
}

/** Whether it fits on a line: no text of several lines, no collection with something in it. */
function isInlineValue(value: Json): boolean {
  if (typeof value === "string") return !value.includes("\n");
  if (Array.isArray(value)) return value.length === 0;
  return !isJsonObject(value) || Object.keys(value).length === 0;
}
