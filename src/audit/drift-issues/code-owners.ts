import { matchPathGlob } from "../../model/patterns.ts";

/** Somebody whom CODEOWNERS names: a login, `org/team`, or an e-mail address, without the `@` before it. */
export interface CodeOwner {
  readonly kind: "login" | "team" | "email";
  readonly name: string;
}

/** Who owns a path, by the last rule that matches it; nobody where that rule names nobody. */
export type OwnersOf = (path: string) => readonly CodeOwner[];

interface Rule {
  readonly matches: (path: string) => boolean;
  readonly owners: readonly CodeOwner[];
}

/** GitHub does not load a larger file. */
const MAX_BYTES = 3 * 1024 * 1024;

/**
 * Read a CODEOWNERS file as GitHub does. A line that GitHub would not understand is skipped.
 *
 * @param text The file's text.
 * @see https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
export function readCodeOwners(text: string): OwnersOf {
  if (Buffer.byteLength(text) > MAX_BYTES) return () => [];
  const rules = text.split(/\r\n|\r|\n/).flatMap((line) => ruleOf(line) ?? []);
  return (path) => rules.findLast(({ matches }) => matches(path))?.owners ?? [];
}

function ruleOf(line: string): Rule | null {
  const words = wordsOf(line);
  const [pattern, ...names] = words;
  if (pattern === undefined || !isSupported(pattern)) return null;
  const owners = names.map(ownerNamed);
  if (owners.includes(null)) return null;
  return { matches: compile(pattern), owners: owners.filter((owner) => owner !== null) };
}

/** Words between blanks, of which a backslash takes the meaning; a comment begins with a word that begins with `#`. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:\\.|[^\s\\])+/g) ?? [];
  const comment = words.findIndex((word) => word.startsWith("#"));
  return comment === -1 ? [...words] : words.slice(0, comment);
}

/** What works in .gitignore and not here: negation, ranges of characters, and an escaped `#` at the start. */
function isSupported(pattern: string): boolean {
  return !pattern.startsWith("!") && !pattern.startsWith("\\#") && !/[[\]]/.test(pattern);
}

function ownerNamed(word: string): CodeOwner | null {
  const handle = /^@([A-Za-z0-9](?:[\w-]*))(\/[\w.-]+)?$/.exec(word);
  if (handle !== null) return { kind: handle[2] === undefined ? "login" : "team", name: word.slice(1) };
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(word) ? { kind: "email", name: word } : null;
}

/**
 * A pattern without a slash but at its end matches at any depth, any other only from the root. What matches a folder
 * matches everything in it, except that a `*` at the end stays in its folder: `docs/*` is not `docs/a/b`.
 */
function compile(pattern: string): (path: string) => boolean {
  const isAnchored = pattern.slice(0, -1).includes("/");
  const isFolder = /\/(?:\*\*)?$/.test(pattern);
  const staysInFolder = isAnchored && pattern.endsWith("/*");
  const core = pattern
    .replace(/^\//, "")
    .replace(/\/(?:\*\*)?$/, "")
    .replace(/\\(.)/g, "$1");
  const takes = matchPathGlob(isAnchored ? core : `**/${core}`);
  return (path) => {
    const folders = staysInFolder ? [] : foldersOf(path);
    return (!isFolder && takes(path)) || folders.some(takes);
  };
}

/** `a` and `a/b` of `a/b/c`. */
function foldersOf(path: string): string[] {
  const names = path.split("/").slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}
