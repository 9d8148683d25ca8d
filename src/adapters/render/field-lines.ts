import type { RawPath } from "../../model/ingress.ts";

/** Lines of a document's text; the first is 0. */
export interface FieldLines {
  /** For an index into the text. */
  readonly lineOf: (offset: number) => number;
  /** For a field of the document, as it is written there. */
  readonly lineAt: (path: RawPath) => number;
}

/** @param locate The index in the text at which a field stands. */
export function fieldLines(text: string, locate: (path: RawPath) => number): FieldLines {
  const starts = lineStarts(text);
  const lineOf = (offset: number) => indexOfLine(starts, offset);
  return { lineOf, lineAt: (path) => lineOf(locate(path)) };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** By bisection: the last start that is not behind the offset. */
function indexOfLine(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
