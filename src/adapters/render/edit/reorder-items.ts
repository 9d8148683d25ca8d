import type { YAMLSeq } from "yaml";
import type { EditContext } from "./edit-context.ts";
import type { Splice } from "./file-text.ts";
import { notEditable } from "./not-editable.ts";
import { isFirstOnLine, lineEnd, withLeadingComments } from "./text-lines.ts";
import { endOfItem, startOfItem } from "./yaml-places.ts";

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
