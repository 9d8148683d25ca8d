import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

/** Markdown as GitHub renders it before it looks for mentions and references; raw HTML is let through, to be seen. */
export function renderGithubMarkdown(markdown: string): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}

export interface RenderedParts {
  /** Every tag, `<a href="…">` and `</a>`; comments left out. */
  readonly tags: readonly string[];
  readonly comments: readonly string[];
  readonly links: readonly string[];
  /** The text in which GitHub looks for mentions, references and addresses: outside of code and links. */
  readonly text: string;
}

/** Take rendered HTML apart. */
export function partsOf(html: string): RenderedParts {
  const comments = html.match(/<!--[\s\S]*?-->/g) ?? [];
  const visible = html.replace(/<!--[\s\S]*?-->/g, "");
  const tags = visible.match(/<[^>]*>/g) ?? [];
  const links = tags.flatMap((tag) => /^<a href="([^"]*)"/.exec(tag)?.[1] ?? []);
  const text = visible
    .replace(/<code[\s>][\s\S]*?<\/code>/g, " ")
    .replace(/<a [\s\S]*?<\/a>/g, " ")
    .replace(/<[^>]*>/g, " ");
  return { tags, comments, links, text: decoded(text) };
}

function decoded(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', amp: "&" };
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return named[name] ?? whole;
  });
}
