/** One column each, and nothing joins them: ASCII, Latin letters, and the punctuation, arrows and lines of the reports. */
const narrow = /^[\x20-\x7E\xA1-\xAC\xAE-\u024F\u2010-\u2027\u2030-\u203B\u2190-\u21FF\u2500-\u259F]*$/;

/** East Asian Wide and Fullwidth, as blocks. @see https://www.unicode.org/Public/UCD/latest/ucd/EastAsianWidth.txt */
const wide =
  /[\u1100-\u115F\u2329\u232A\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{1F200}-\u{1F2FF}\u{20000}-\u{3FFFD}]/u;

const emoji = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|[\d#*]\uFE0F?\u20E3/u;

/** How many terminal columns a text takes; combining marks take none, wide characters and emoji two. */
export function displayWidth(text: string): number {
  if (narrow.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes(text)) width += graphemeWidth(segment);
  return width;
}

/** The longest beginning of a text that fits; never empty where the text is not. */
export function takeColumns(text: string, columns: number): string {
  if (narrow.test(text)) return text.slice(0, Math.max(1, columns));
  let width = 0;
  let taken = "";
  for (const { segment } of graphemes(text)) {
    width += graphemeWidth(segment);
    if (width > columns && taken !== "") break;
    taken += segment;
  }
  return taken;
}

/** Made when needed: the first one takes as long as a small file's whole audit. */
function graphemes(text: string): Intl.Segments {
  return new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text);
}

export function padColumns(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}

function graphemeWidth(grapheme: string): number {
  if (/^[\p{Mark}\p{Default_Ignorable_Code_Point}]+$/u.test(grapheme)) return 0;
  return wide.test(grapheme) || emoji.test(grapheme) ? 2 : 1;
}
