import { isMap, isScalar, type Node, type Pair, Scalar } from "yaml";
import { isJsonObject, type Json } from "../../../model/json.ts";
import type { EditContext, Items } from "./edit-context.ts";
import type { Splice } from "./file-text.ts";
import { notEditable } from "./not-editable.ts";
import { printJson } from "./print-json.ts";
import { indentLines, printBlock, printInline, printQuoted } from "./print-value.ts";
import { columnOf, lineEnd } from "./text-lines.ts";
import { endOfItem, endOfKey, isInline, isWritten, type Slot, startOfItem } from "./yaml-places.ts";

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
  if (layout.isJson) return printJson(value, layout, column);
  if (isScalar(old) && typeof value === "string" && !value.includes("\n")) {
    if (old.type === Scalar.QUOTE_DOUBLE) return printQuoted(value, "double");
    if (old.type === Scalar.QUOTE_SINGLE) return printQuoted(value, "single");
  }
  return printInline(value, layout);
}

/** Whether it fits on a line: no text of several lines, no collection with something in it. */
function isInlineValue(value: Json): boolean {
  if (typeof value === "string") return !value.includes("\n");
  if (Array.isArray(value)) return value.length === 0;
  return !isJsonObject(value) || Object.keys(value).length === 0;
}
