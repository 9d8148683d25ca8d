import type { Root } from "hast";
import type { Nodes } from "mdast";
import rehypeRaw from "rehype-raw";
import rehypeSanitize from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkGfm from "remark-gfm";
import remarkGithub from "remark-github";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";

/** The repository in which rendered references are looked up. */
export const RENDERED_IN = "acme/shop";

/**
 * Markdown as GitHub shows it: GFM, HTML let through by GitHub's own list of what is harmless, and mentions and
 * references turned into links.
 *
 * @see https://github.com/rehypejs/rehype-sanitize, whose default schema is GitHub's
 */
export function renderGitHub(markdown: string): string {
  return String(pipeline().use(rehypeStringify).processSync(markdown));
}

/** The same as a tree. */
export function renderGitHubTree(markdown: string): Root {
  const processor = pipeline();
  return processor.runSync(processor.parse(markdown));
}

/** The pieces of HTML in it, in order, as they stand there: what is in code or escaped is none. */
export function htmlIn(markdown: string): string[] {
  const found: string[] = [];
  const walk = (node: Nodes) => {
    if (node.type === "html") found.push(node.value);
    if ("children" in node) node.children.forEach(walk);
  };
  walk(unified().use(remarkParse).use(remarkGfm).parse(markdown));
  return found;
}

function pipeline() {
  return unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkGithub, { repository: RENDERED_IN })
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(rehypeSanitize);
}
