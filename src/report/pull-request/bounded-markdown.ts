import { elide } from "../elide.ts";
import { markdownCell, markdownPhrase } from "../markdown-phrase.ts";
import type { Phrase, Piece } from "../phrase.ts";

/** In characters: what was read may be of any length, and a block of the comment must not be. */
const LIMITS: Readonly<Record<Piece["kind"], number>> = { own: 2_000, prose: 600, value: 200, segment: 200 };

/** A phrase as Markdown for running text; no piece of it is long. */
export function running(phrase: Phrase): string {
  return markdownPhrase(bounded(phrase));
}

/** A phrase as Markdown for a table's cell; no piece of it is long. */
export function cell(phrase: Phrase): string {
  return markdownCell(bounded(phrase));
}

function bounded(phrase: Phrase): Phrase {
  return phrase.map((piece) => ({ ...piece, text: elide(piece.text, LIMITS[piece.kind]) }));
}
