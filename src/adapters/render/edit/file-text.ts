import { readText } from "../read-text.ts";

/** A part of a text, and what is to stand there instead. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A file's text with `\n` for every line end, and the way back to its bytes. */
export interface FileText {
  readonly text: string;
  /** The line end that most lines have. */
  readonly newline: "\n" | "\r\n";
  /** The file with a part of the text replaced: every byte outside it as it was. */
  readonly splice: (splice: Splice) => Buffer;
}

const MARK = "\uFEFF";

/** @returns null where the file is no UTF-8. */
export function fileText(content: Buffer): FileText | null {
  const read = readText(content);
  if (read.kind !== "text") return null;
  const whole = content.toString("utf8");
  const mark = whole.startsWith(MARK) ? MARK : "";
  const original = whole.slice(mark.length);
  const newline = mostlyWindows(original) ? "\r\n" : "\n";
  const originalOffset = offsetsBefore(original);
  return {
    text: read.text,
    newline,
    splice: ({ start, end, text }) => {
      const written = newline === "\n" ? text : text.replaceAll("\n", newline);
      const head = original.slice(0, originalOffset(start));
      return Buffer.from(mark + head + written + original.slice(originalOffset(end)), "utf8");
    },
  };
}

function mostlyWindows(text: string): boolean {
  const windows = text.split("\r\n").length - 1;
  return windows > 0 && windows * 2 >= text.split("\n").length - 1;
}

/** From an index into the text with plain line ends to one into the text as it is. */
function offsetsBefore(original: string): (offset: number) => number {
  const ends: number[] = [];
  for (let at = original.indexOf("\r\n"); at !== -1; at = original.indexOf("\r\n", at + 2)) {
    ends.push(at - ends.length);
  }
  return (offset) => {
    const before = ends.findIndex((end) => end >= offset);
    return offset + (before === -1 ? ends.length : before);
  };
}
