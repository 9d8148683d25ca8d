/**
 * The parts of a Markdown text in which GitHub would find HTML, mentions, references and links: without fenced code
 * blocks, code spans and backslash escapes, and with entities read. A fence or a span that is never closed fails.
 */
export function activeMarkdown(markdown: string): string {
  return withoutFences(markdown)
    .split("\n")
    .map((line) => withoutCodeSpans(line.replace(/\\\|/g, "¦")))
    .join("\n")
    .replaceAll("&#8288;", "\u2060")
    .replace(/&(?:#\d+|lt|gt|amp);/g, "¤");
}

function withoutFences(markdown: string): string {
  const kept: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split("\n")) {
    const run = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (fence === null && run !== null && !(run[2] ?? "").includes("`")) fence = run[1] ?? "";
    else if (fence !== null) {
      const closes = run !== null && (run[2] ?? "").trim() === "" && (run[1] ?? "").startsWith(fence);
      if (closes) fence = null;
    } else kept.push(line);
  }
  if (fence !== null) throw new Error(`The fence ${fence} is never closed`);
  return kept.join("\n");
}

function withoutCodeSpans(line: string): string {
  let active = "";
  let rest = line;
  while (rest !== "") {
    const next = /\\[!-/:-@[-`{-~]|`+/.exec(rest);
    if (next === null) return active + rest;
    active += rest.slice(0, next.index);
    rest = rest.slice(next.index + next[0].length);
    if (next[0].startsWith("\\")) continue;
    const close = [...rest.matchAll(/`+/g)].find((run) => run[0] === next[0]);
    if (close === undefined) throw new Error(`The code span ${next[0]} is never closed in: ${line}`);
    rest = rest.slice(close.index + close[0].length);
  }
  return active;
}
