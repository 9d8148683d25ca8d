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
  const steps = trimmed.split("/").map((part) => (part === "**" ? ANY_NUMBER : matchGlob(part)));
  return (path) => takesWhole(steps, path.split("/"));
}

/**
 * Compile a field-path pattern: a field path in which `*` and `?` stand for characters of a name or of a key, `[*]` for
 * any entry and `**` for any number of segments. An entry may be named by some of its keys:
 * `spec.rules[*].http.paths[path="/.well-known/*"]`. A pattern takes a field and everything below it.
 *
 * @returns null when the text is no such pattern.
 */
export function parseFieldPattern(pattern: string): ((field: FieldPath) => boolean) | null {
  const steps: Step[] = [];
  const segment = new RegExp(SEGMENT, "y");
  while (segment.lastIndex < pattern.length) {
    const isFirst = segment.lastIndex === 0;
    const { name, entry, ordinal } = segment.exec(pattern)?.groups ?? {};
    const step = entry === undefined ? nameStep(name, isFirst) : entryStep(entry, ordinal);
    if (step === null) return null;
    steps.push(step);
  }
  return steps.length === 0 ? null : (field) => takesStart(steps, field);
}

/** Likewise; what is no pattern takes nothing. */
export function matchFieldPattern(pattern: string): (field: FieldPath) => boolean {
  return parseFieldPattern(pattern) ?? (() => false);
}

/** Takes one segment; `ANY_NUMBER` takes as many as there are. */
type Step = ((segment: string) => boolean) | typeof ANY_NUMBER;
const ANY_NUMBER = "**";

const STRING = String.raw`"[^"\\]*(?:\\.[^"\\]*)*"`;
const KEY = String.raw`[A-Za-z]\w*=${STRING}`;
const SEGMENT = String.raw`(?<name>\.?[\w*?-]+)|(?<entry>\[(?:\*|${STRING}|${KEY}(?:,${KEY})*)\])(?<ordinal>#[1-9]\d*)?`;

/** A name follows a dot, but for the first. */
function nameStep(name: string | undefined, isFirst: boolean): Step | null {
  if (name === undefined || name.startsWith(".") === isFirst) return null;
  const bare = isFirst ? name : name.slice(1);
  return bare === "**" ? ANY_NUMBER : matchGlob(bare);
}

function entryStep(entry: string, ordinal: string | undefined): Step | null {
  if (entry === "[*]") return (segment) => segment.startsWith("[");
  const wanted = keysOf(entry);
  if (wanted === null) return null;
  return (segment) => {
    if (ordinal !== undefined && ordinal !== (/\](#\d+)$/.exec(segment)?.[1] ?? "#1")) return false;
    const keys = segment.startsWith("[") ? keysOf(segment) : null;
    return (
      keys !== null &&
      wanted.every(([key, glob]) => keys.some(([name, text]) => name === key && globMatches(glob, text)))
    );
  };
}

/** The keys of an entry's segment, unescaped; a map's or a set's entry has one with no name. */
function keysOf(segment: string): [string, string][] | null {
  try {
    return [...segment.matchAll(new RegExp(`(?:([A-Za-z]\\w*)=)?(${STRING})`, "g"))].map((match) => [
      match[1] ?? "",
      String(JSON.parse(match[2] ?? "")),
    ]);
  } catch {
    return null;
  }
}

function takesWhole(steps: readonly Step[], segments: readonly string[]): boolean {
  return reachable(steps, segments)[segments.length]?.[steps.length] === true;
}

function takesStart(steps: readonly Step[], segments: readonly string[]): boolean {
  return reachable(steps, segments).some((row) => row[steps.length] === true);
}

/** `table[i][j]`: the first j steps take exactly the first i segments. */
function reachable(steps: readonly Step[], segments: readonly string[]): boolean[][] {
  const table: boolean[][] = [];
  for (let i = 0; i <= segments.length; i++) {
    const row = [i === 0];
    for (const [j, step] of steps.entries()) {
      if (step === ANY_NUMBER) row.push(row[j] === true || table[i - 1]?.[j + 1] === true);
      else row.push(table[i - 1]?.[j] === true && step(segments[i - 1] ?? ""));
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
