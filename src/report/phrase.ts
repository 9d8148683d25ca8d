import { parseFieldPath } from "../model/field-path.ts";
import { fieldName } from "./field-name.ts";

/**
 * A sentence made of our own words and of what was read. Each output escapes the pieces for where it is shown, and
 * nothing is escaped before that.
 *
 * `own`: our words. `prose`: read text for running text (a subject, a name, a reason that quotes a value).
 * `value`: read text that is quoted exactly (a user, a ref, a path). `segment`: likewise, a part of a field path, before
 * which a line may be broken.
 */
export interface Piece {
  readonly kind: "own" | "prose" | "value" | "segment";
  readonly text: string;
  /** Where the piece leads, in outputs that have links; null where nothing is known. */
  readonly href: string | null;
}

export type Phrase = readonly Piece[];

/** Build a phrase: say`set by ${value(user)} at ${time}`. Plain strings among the arguments are `prose`. */
export function say(words: TemplateStringsArray, ...pieces: readonly (string | Piece | Phrase)[]): Phrase {
  return words.flatMap((text, index) => {
    const next = pieces[index];
    const own: Phrase = text === "" ? [] : [{ kind: "own", text, href: null }];
    return next === undefined ? own : [...own, ...toPhrase(next)];
  });
}

export function value(text: string, href: string | null = null): Piece {
  return { kind: "value", text, href };
}

export function own(text: string, href: string | null = null): Piece {
  return { kind: "own", text, href };
}

/** A field path, or the whole object where it is empty. */
export function fieldPhrase(field: string): Phrase {
  if (field === "") return [own(fieldName(field))];
  const segments = parseFieldPath(field) ?? [field];
  return segments.map((segment, index) => {
    const text = index === 0 || segment.startsWith("[") ? segment : `.${segment}`;
    return { kind: "segment", text, href: null };
  });
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly Phrase[]): Phrase {
  return items.flatMap((item, index) => {
    if (index === 0) return item;
    return [own(index === items.length - 1 ? " and " : ", "), ...item];
  });
}

/** The words alone, for outputs without any markup. */
export function plainText(phrase: Phrase): string {
  return phrase.map((piece) => piece.text).join("");
}

function toPhrase(piece: string | Piece | Phrase): Phrase {
  if (typeof piece === "string") return piece === "" ? [] : [{ kind: "prose", text: piece, href: null }];
  return "kind" in piece ? [piece] : piece;
}
