import { elide } from "../elide.ts";
import { type Piece, value } from "../phrase.ts";

/** Read text quoted exactly, but without the middle where it is long: names and values may be of any length. */
export function short(text: string, limit = 100, href: string | null = null): Piece {
  return value(elide(text, limit), href);
}
