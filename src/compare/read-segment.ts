const STRING = String.raw`"[^"\\]*(?:\\.[^"\\]*)*"`;
const KEYED = new RegExp(`([A-Za-z]\\w*)=(${STRING})`, "g");
const BRACKET = new RegExp(`^\\[(${STRING})\\]`);

/** The fields in the segment of a list entry: `[path="/",pathType="Prefix"]` is path `/`, pathType `Prefix`. */
export function readKeyedSegment(segment: string): Readonly<Record<string, string>> {
  const fields = segment.matchAll(KEYED);
  return Object.fromEntries([...fields].map(([, name = "", value = '""']) => [name, readString(value)]));
}

/** The name or key that a segment stands for: of `spec`, `["a/b"]` and `["a.example.com"]#2`. */
export function readSegment(segment: string): string {
  const key = BRACKET.exec(segment)?.[1];
  return key === undefined ? segment : readString(key);
}

/** The ordinal of an entry among those with the same key, from 1. */
export function readOrdinal(segment: string): number {
  return Number(/\]#(\d+)$/.exec(segment)?.[1] ?? 1);
}

function readString(json: string): string {
  return String(JSON.parse(json));
}
