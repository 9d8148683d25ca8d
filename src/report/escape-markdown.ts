import { revealInvisible } from "./reveal-invisible.ts";

/** WORD JOINER: takes no room, and breaks what GitHub would turn into a mention, a reference or a link. */
const JOINER = "&#8288;";

/**
 * Untrusted text for running text of GitHub-flavoured Markdown, also inside a table cell and at the start of a line.
 * It renders as the same characters and as nothing else: no HTML, emphasis, code, links, images, mentions,
 * references, math, headings, lists or table cells.
 *
 * Mentions and references are found in the rendered text, so that escaping their sign alone would not stop them.
 *
 * @see https://github.github.com/gfm/
 */
export function escapeMarkdown(text: string): string {
  return revealInvisible(text)
    .trim()
    .replace(/[\\`*_[\]|~]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/\$/g, "&#36;")
    .replace(/@/g, `@${JOINER}`)
    .replace(/(?<!&)#/g, `\\#${JOINER}`)
    .replace(/(GH)-(?=\d)/gi, `$1-${JOINER}`)
    .replace(/:\/\//g, `:${JOINER}//`)
    .replace(/(www)\./gi, `$1${JOINER}.`)
    .replace(/(mailto|xmpp):/gi, `$1${JOINER}:`)
    .replace(/^([-+=])/, "\\$1")
    .replace(/^(\d{1,9})([.)])/, "$1\\$2");
}

/** Untrusted text as a code span; the fence is longer than any run of backticks in it. */
export function inlineCode(text: string): string {
  const content = revealInvisible(text);
  if (content === "") return "` `";
  const fence = "`".repeat(longestBacktickRun(content) + 1);
  const needsPadding = /^`|`$|^ .* $/.test(content);
  return needsPadding ? `${fence} ${content} ${fence}` : fence + content + fence;
}

/**
 * A code span inside a table cell, where GFM splits cells before it looks for code. A backslash before a pipe has no
 * form there that every reader takes alike, so that such text is no code.
 */
export function tableCode(text: string): string {
  if (text.includes("\\|")) return escapeMarkdown(text);
  return inlineCode(text).replaceAll("|", "\\|");
}

/** Untrusted lines as a fenced code block; the fence is longer than any run of backticks in it. */
export function fencedBlock(text: string, language = ""): string {
  const content = revealInvisible(text, { keepNewlines: true });
  const fence = "`".repeat(Math.max(3, longestBacktickRun(content) + 1));
  return `${fence}${language}\n${content}\n${fence}`;
}

function longestBacktickRun(text: string): number {
  let longest = 0;
  for (const run of text.match(/`+/g) ?? []) longest = Math.max(longest, run.length);
  return longest;
}
