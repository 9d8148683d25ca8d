import type { YAMLMap, YAMLSeq } from "yaml";
import type { Json } from "../../../model/json.ts";
import type { EditContext, Items } from "./edit-context.ts";
import type { Splice } from "./file-text.ts";
import { notEditable } from "./not-editable.ts";
import { printJson } from "./print-json.ts";
import { indentLines, type Layout, printBlock, printInline } from "./print-value.ts";
import { columnOf, isFirstOnLine, lineEnd, withLeadingComments } from "./text-lines.ts";
import { endOfItem, startOfItem } from "./yaml-places.ts";

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
  return layout.isJson ? printJson(value, layout, column) : printInline(value, layout);
}
