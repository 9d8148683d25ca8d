/**
 * Everything that a reader cannot see, or that makes other text look different: C0 and C1 controls, bidi controls,
 * zero-width and other default-ignorable characters, lone surrogates, and spaces other than U+0020 and the wide
 * U+3000.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?![ \u3000])\p{Zs}/gu;

/** What makes an emoji one: the presentation selector after it, and the joiner between two. */
const emojiGlue =
  /\p{Extended_Pictographic}(?:[\uFE0E\uFE0F]|\p{Emoji_Modifier})?(?:\u200D(?=\p{Extended_Pictographic}))?/gu;

/**
 * Untrusted text with every invisible character written out as `⟨U+202E⟩`, so that it can neither hide nor steer.
 * Line breaks too, unless `keepNewlines`; then CR LF counts as invisible CR and a line break.
 *
 * @see https://trojansource.codes
 */
export function revealInvisible(text: string, options: { keepNewlines?: boolean } = {}): string {
  if (/^[\x20-\x7E]*$/.test(text)) return text;
  const allowed = emojiGlueAt(text);
  return text.replace(invisible, (character: string, offset: number) => {
    if (character === "\n") return options.keepNewlines === true ? "\n" : "↵";
    return allowed.has(offset) ? character : written(character);
  });
}

function written(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `⟨U+${hex}⟩`;
}

function emojiGlueAt(text: string): ReadonlySet<number> {
  const offsets = new Set<number>();
  for (const match of text.matchAll(emojiGlue)) {
    for (let offset = match.index; offset < match.index + match[0].length; offset++) {
      if ("\uFE0E\uFE0F\u200D".includes(text[offset] ?? " ")) offsets.add(offset);
    }
  }
  return offsets;
}
