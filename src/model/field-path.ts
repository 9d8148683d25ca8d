/**
 * A field's place in an Ingress. Each segment is a name (`spec`) or a bracket that identifies a list or map
 * entry by its key and never by its position: `[host="shop.example.com"]`, `["some/annotation"]`,
 * `[path="/",pathType="Prefix"]`, `["a.example.com"]#2`. The empty path is the whole object.
 */
export type FieldPath = readonly string[];

const PLAIN_NAME = /^[A-Za-z][\w-]*$/;

/** The segment of a field: its name, or an entry's bracket where the name is no plain word. */
export function nameSegment(name: string): string {
  return PLAIN_NAME.test(name) ? name : entrySegment(name);
}

/** The segment of a map entry or of a member of a set: `["nginx.ingress.kubernetes.io/app-root"]`. */
export function entrySegment(key: string): string {
  return `[${JSON.stringify(key)}]`;
}

/** The segment of a list entry that its own fields identify: `[path="/",pathType="Prefix"]`. */
export function keyedSegment(keys: Readonly<Record<string, string>>): string {
  return `[${Object.entries(keys)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(",")}]`;
}

/** The segment of the n-th entry (from 1) with the same key. */
export function ordinalSegment(segment: string, ordinal: number): string {
  return ordinal === 1 ? segment : `${segment}#${ordinal}`;
}

export function formatFieldPath(path: FieldPath): string {
  return path.reduce(
    (text, segment) => (text === "" || segment.startsWith("[") ? text + segment : `${text}.${segment}`),
    "",
  );
}

const STRING = String.raw`"[^"\\]*(?:\\.[^"\\]*)*"`;
const KEY = String.raw`[A-Za-z]\w*=${STRING}`;
const SEGMENT = new RegExp(
  String.raw`(?<name>\.?[A-Za-z][\w-]*)|(?<bracket>\[(?:${STRING}|${KEY}(?:,${KEY})*)\])(?<ordinal>#(?:[2-9]|[1-9]\d+))?`,
  "y",
);
const STRINGS = new RegExp(STRING, "g");
const KEYS = new RegExp(`(?:([A-Za-z]\\w*)=)?(${STRING})`, "g");

/**
 * Read what {@link formatFieldPath} wrote.
 *
 * @returns null when the text is not a field path. Keys come back in canonical JSON, however they were escaped.
 */
export function parseFieldPath(text: string): FieldPath | null {
  const path: string[] = [];
  SEGMENT.lastIndex = 0;
  while (SEGMENT.lastIndex < text.length) {
    const { name, bracket, ordinal } = SEGMENT.exec(text)?.groups ?? {};
    const canonical = bracket === undefined ? readName(name, path.length === 0) : canonicalBracket(bracket);
    if (canonical === null) return null;
    path.push(canonical + (ordinal ?? ""));
  }
  return path;
}

/** A name follows a dot, but for the first. */
function readName(name: string | undefined, isFirst: boolean): string | null {
  if (name === undefined || name.startsWith(".") === isFirst) return null;
  return isFirst ? name : name.slice(1);
}

function canonicalBracket(bracket: string): string | null {
  try {
    return bracket.replaceAll(STRINGS, (key) => JSON.stringify(JSON.parse(key)));
  } catch {
    return null;
  }
}

/** What identifies an entry, by the field's name; a map's or a set's key has the name "". Empty for a plain name. */
export function segmentKeys(segment: string): Readonly<Record<string, string>> {
  if (!segment.startsWith("[")) return {};
  const keys = segment.matchAll(KEYS);
  return Object.fromEntries([...keys].map(([, name = "", key = '""']) => [name, String(JSON.parse(key))]));
}

/** True when `path` is `ancestor` itself or lies below it. */
export function isWithin(path: FieldPath, ancestor: FieldPath): boolean {
  return ancestor.length <= path.length && ancestor.every((segment, index) => segment === path[index]);
}
