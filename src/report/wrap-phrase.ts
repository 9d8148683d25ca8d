import { displayWidth, takeColumns } from "./display-width.ts";
import { escapeTerminal } from "./escape-terminal.ts";
import type { Paint, Style } from "./paint.ts";
import type { Phrase, Piece } from "./phrase.ts";

interface Word {
  readonly text: string;
  readonly style: Style | null;
}

/** What a line is not broken within. */
interface Chunk {
  /** The spaces before it; they fall away where a line is broken. */
  readonly spaces: string;
  readonly words: Word[];
}

/**
 * A phrase as lines for a terminal, escaped and painted; no line is wider than `columns`.
 *
 * @param styleOf The style of each kind of piece.
 */
export function wrapPhrase(
  phrase: Phrase,
  columns: number,
  paint: Paint,
  styleOf: (kind: Piece["kind"]) => Style | null,
): string[] {
  const lines: string[] = [];
  let line: Word[] = [];
  let room = columns;
  const breakLine = () => {
    lines.push(paintLine(line, paint));
    line = [];
    room = columns;
  };
  for (const { spaces, words } of phraseChunks(phrase, styleOf)) {
    const width = words.reduce((sum, word) => sum + displayWidth(word.text), 0);
    if (line.length > 0 && spaces.length + width > room) breakLine();
    if (line.length > 0) {
      line.push({
        text: spaces,
        style: words[0]?.style === line.at(-1)?.style ? (words[0]?.style ?? null) : null,
      });
      room -= spaces.length;
    }
    for (const word of words) {
      for (const part of piecesThatFit(word.text, room, columns)) {
        if (line.length > 0 && displayWidth(part) > room) breakLine();
        line.push({ text: part, style: word.style });
        room -= displayWidth(part);
      }
    }
  }
  return line.length === 0 ? lines : [...lines, paintLine(line, paint)];
}

/** Neighbours of one style are painted at once. */
function paintLine(words: readonly Word[], paint: Paint): string {
  let line = "";
  let text = "";
  words.forEach((word, index) => {
    text += word.text;
    if (words[index + 1]?.style === word.style) return;
    line += paint(word.style, text);
    text = "";
  });
  return line;
}

function phraseChunks(phrase: Phrase, styleOf: (kind: Piece["kind"]) => Style | null): Chunk[] {
  const chunks: Chunk[] = [];
  let spaces = "";
  for (const piece of phrase) {
    let mayBreak = piece.kind === "segment";
    for (const [text] of escapeTerminal(piece.text).matchAll(/ +|[^ ]+/g)) {
      const isSpace = text.startsWith(" ");
      const last = chunks.at(-1);
      if (isSpace) spaces += text;
      else if (last === undefined || spaces !== "" || mayBreak) {
        chunks.push({ spaces, words: [{ text, style: styleOf(piece.kind) }] });
      } else last.words.push({ text, style: styleOf(piece.kind) });
      if (!isSpace) spaces = "";
      mayBreak = false;
    }
  }
  return chunks;
}

/** A word wider than a line, cut into pieces: the first fills what is left of the line. */
function piecesThatFit(text: string, room: number, columns: number): string[] {
  if (displayWidth(text) <= columns) return [text];
  const parts: string[] = [];
  let rest = text;
  while (rest !== "") {
    const part = takeColumns(rest, parts.length === 0 ? Math.max(1, room) : columns);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return parts;
}
