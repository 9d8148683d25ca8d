import { escapeMarkdown, inlineCode, tableCode } from "./escape-markdown.ts";
import type { Phrase, Piece } from "./phrase.ts";

/** A phrase as Markdown for running text. */
export function markdownPhrase(phrase: Phrase): string {
  return rendered(phrase, inlineCode);
}

/** A phrase as Markdown for a table's cell. */
export function markdownCell(phrase: Phrase): string {
  return rendered(phrase, tableCode);
}

function rendered(phrase: Phrase, code: (text: string) => string): string {
  return withWholePaths(phrase)
    .map((piece) => {
      const text = renderPiece(piece, code);
      return piece.href === null ? text : `[${text}](${piece.href})`;
    })
    .join("");
}

function renderPiece({ kind, text }: Piece, code: (text: string) => string): string {
  switch (kind) {
    case "own":
      return text.replace(/</g, "&lt;").replace(/>/g, "&gt;");
    case "prose":
      return escapeMarkdown(text);
    case "value":
    case "segment":
      return code(text);
    default:
      return kind satisfies never;
  }
}

/** The segments of a field path joined again, to be one code span. */
function withWholePaths(phrase: Phrase): Phrase {
  const joined: Piece[] = [];
  for (const piece of phrase) {
    const last = joined.at(-1);
    if (piece.kind === "segment" && last?.kind === "segment") {
      joined[joined.length - 1] = { ...last, text: last.text + piece.text };
    } else joined.push(piece);
  }
  return joined;
}
