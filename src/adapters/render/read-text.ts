import { isUtf8 } from "node:buffer";

export type ReadText =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "not-utf-8"; readonly encoding: string };

/**
 * Decode a file as kubectl does: UTF-8, with or without a byte order mark, every kind of line end read as `\n`.
 * libyaml would decode UTF-16 too, but kubectl cuts the file at bytes of newline before that.
 */
export function readText(content: Buffer): ReadText {
  const encoding = foreignEncoding(content);
  if (encoding !== null) return { kind: "not-utf-8", encoding };
  const text = content.toString("utf8");
  return { kind: "text", text: withoutMark(text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text) };
}

export function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function foreignEncoding(content: Buffer): string | null {
  if (content[0] === 0xff && content[1] === 0xfe) return "UTF-16 (little endian)";
  if (content[0] === 0xfe && content[1] === 0xff) return "UTF-16 (big endian)";
  if (content[0] === 0 || content[1] === 0) return "UTF-16 without a byte order mark";
  return isUtf8(content) ? null : "neither UTF-8 nor marked as UTF-16";
}
