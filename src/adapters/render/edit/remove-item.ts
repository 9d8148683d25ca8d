import type { EditContext, Items } from "./edit-context.ts";
import type { Splice } from "./file-text.ts";
import { notEditable } from "./not-editable.ts";
import { isFirstOnLine, lineEnd, lineStart } from "./text-lines.ts";
import { endOfItem, startOfItem } from "./yaml-places.ts";

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
