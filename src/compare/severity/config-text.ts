/**
 * What text does when a controller such as ingress-nginx writes it into a configuration file of its own: the ways in
 * which CVE-2026-24512 (paths) and CVE-2025-24514 (annotations) smuggled directives in.
 */

/** A line break or another control character, but for white space at the end. */
export function holdsLineBreak(text: string): boolean {
  return /\p{Cc}/u.test(text.trimEnd());
}

/** A character that ends a directive or opens or closes a block. */
export function holdsDirectiveMark(text: string): boolean {
  return /[{};]/.test(withoutHarmlessBraces(text));
}

/** A `#` where a comment can begin: the rest of a line, and with it the end of its directive, would be gone. */
export function opensComment(text: string): boolean {
  return /(?:^|[\s;{}])#/.test(text);
}

/** Quantifiers of regular expressions (`[0-9]{3}`) and variables (`${host}`) are no blocks. */
function withoutHarmlessBraces(text: string): string {
  return text.replaceAll(/\{\d+(?:,\d*)?\}|\$\{\w+\}/g, "");
}
