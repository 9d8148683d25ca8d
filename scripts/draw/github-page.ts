const STYLE = `
  body { margin: 0; background: #fff; }
  main { width: 920px; padding: 12px; background: #fff; color: #1f2328; font: 14px/1.5 "Noto Sans", "DejaVu Sans", sans-serif; }
  article { border: 1px solid #d1d9e0; border-radius: 6px; }
  header { padding: 8px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; border-radius: 6px 6px 0 0; color: #59636e; font-size: 13px; }
  .markdown { padding: 16px; overflow-wrap: break-word; }
  .markdown > :first-child { margin-top: 0; }
  .markdown > :last-child { margin-bottom: 0; }
  h2, h3, h4 { margin: 20px 0 12px; line-height: 1.25; font-weight: 600; }
  h2 { font-size: 21px; padding-bottom: 6px; border-bottom: 1px solid #d1d9e0; }
  h3 { font-size: 17px; }
  h4 { font-size: 14px; }
  p, ul, table, pre, details { margin: 0 0 14px; }
  ul { padding-left: 28px; }
  li + li, li > ul { margin-top: 4px; }
  a { color: #0969da; text-decoration: none; }
  code, pre { font: 85%/1.45 "DejaVu Sans Mono", monospace; }
  code { padding: 2px 5px; background: #eff1f3; border-radius: 6px; overflow-wrap: anywhere; }
  pre { padding: 12px 16px; background: #f6f8fa; border-radius: 6px; white-space: pre-wrap; }
  pre code { padding: 0; background: none; font-size: 100%; }
  .added { color: #116329; background: #dafbe1; } .removed { color: #82071e; background: #ffebe9; } .gap { color: #8250df; }
  table { border-collapse: collapse; display: block; }
  th, td { padding: 6px 11px; border: 1px solid #d1d9e0; text-align: left; }
  tr:nth-child(2n) td { background: #f6f8fa; }
  blockquote { margin: 0 0 14px; padding: 0 14px; border-left: 4px solid #d1d9e0; color: #59636e; }
  hr { height: 3px; margin: 20px 0; border: 0; background: #d1d9e0; }
  sub { font-size: 12px; color: #59636e; vertical-align: baseline; }
  summary { cursor: pointer; }
`;

/**
 * A page that shows rendered Markdown roughly as GitHub does; its `main` is what a picture is taken of.
 *
 * @param html What a renderer that lets nothing active through has made.
 */
export function githubPage(html: string, heading: string): string {
  const opened = html.replaceAll("<details>", "<details open>");
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><main><article><header>${heading}</header><div class="markdown">${colouredDiffs(opened)}</div></article></main>`;
}

function colouredDiffs(html: string): string {
  return html.replace(
    /(<code class="language-diff">)([\s\S]*?)(<\/code>)/g,
    (_, start, diff: string, end) => {
      const lines = diff.split("\n").map((line) => {
        const kind = line.startsWith("+")
          ? "added"
          : line.startsWith("-")
            ? "removed"
            : line.startsWith("@@")
              ? "gap"
              : null;
        return kind === null ? line : `<span class="${kind}">${line}</span>`;
      });
      return start + lines.join("\n") + end;
    },
  );
}
