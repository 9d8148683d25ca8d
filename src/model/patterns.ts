import type { FieldPath } from "./field-path.ts";

/**
 * Compile a glob for names and users: `*` is any run of characters, `?` any one. Matching takes time linear in
 * pattern times text.
 */
export function matchGlob(pattern: string): (text: string) => boolean {
  return (text) => globMatches(pattern, text);
}

/**
 * Compile a glob for repository paths: `*` and `?` stay within one folder, `**` crosses folders. A pattern without a
 * wildcard also takes everything below it.
 */
export function matchPathGlob(pattern: string): (path: string) => boolean {
  const trimmed = pattern.replace(/^\.\//, "").replace(/\/+$/, "");
  if (trimmed === "" || trimmed === ".") return () => true;
  if (!/[*?]/.test(trimmed)) return (path) => path === trimmed || path.startsWith(`${trimmed}/`);
  const segments = trimmed.split("/");
  return (path) => pathMatches(segments, path.split("/"));
}

/**
 * Compile a field-path pattern: a field path in which `*` stands for any characters of one segment, `[*]` for any entry
 * and `**` for any number of segments. A pattern takes a field and everything below it.
 */
export function matchFieldPattern(pattern: string): (field: FieldPath) => boolean {
  const segments = patternSegments(pattern);
  return (field) => fieldMatches(segments, field);
}

/** `spec.rules[*].http` is `spec`, `rules`, `[*]`, `http`; dots inside brackets belong to the entry. */
function patternSegments(pattern: string): string[] {
  return pattern.match(/\[(?:"(?:[^"\\]|\\.)*"|[^\]"])*\](?:#\d+)?|[^.[\]]+/g) ?? [];
}

function fieldMatches(pattern: readonly string[], field: FieldPath): boolean {
  const table = reachable(pattern, field, (segment, text) =>
    segment === "[*]" ? text.startsWith("[") : globMatches(segment, text),
  );
  return table.some((row) => row[pattern.length] === true);
}

function pathMatches(pattern: readonly string[], path: readonly string[]): boolean {
  const table = reachable(pattern, path, (segment, text) => globMatches(segment, text));
  return table[path.length]?.[pattern.length] === true;
}

/** `table[i][j]`: the first j pattern segments take exactly the first i of the text's; `**` takes any number of them. */
function reachable(
  pattern: readonly string[],
  text: readonly string[],
  takes: (segment: string, text: string) => boolean,
): boolean[][] {
  const table: boolean[][] = [];
  for (let i = 0; i <= text.length; i++) {
    const row: boolean[] = [];
    for (let j = 0; j <= pattern.length; j++) {
      if (j === 0) row.push(i === 0);
      else if (pattern[j - 1] === "**") row.push(row[j - 1] === true || table[i - 1]?.[j] === true);
      else row.push(table[i - 1]?.[j - 1] === true && takes(pattern[j - 1] ?? "", text[i - 1] ?? ""));
    }
    table.push(row);
  }
  return table;
}

/** Greedy matching with one point to return to: linear in pattern times text. */
function globMatches(pattern: string, text: string): boolean {
  let p = 0;
  let star = -1;
  let resumeAt = 0;
  for (let t = 0; t < text.length; ) {
    if (p < pattern.length && pattern[p] === "*") {
      star = p++;
      resumeAt = t;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star !== -1) {
      p = star + 1;
      t = ++resumeAt;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
