/**
 * A field's place in an Ingress. Each segment is a name (`spec`) or a bracket that identifies a list or map
 * entry by its key and never by its position: `[host="shop.example.com"]`, `["some/annotation"]`,
 * `[path="/",pathType="Prefix"]`, `["a.example.com"]#2`. The empty path is the whole object.
 */
export type FieldPath = readonly string[];

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

/**
 * Read what {@link formatFieldPath} wrote.
 *
 * @returns null when the text is not a field path.
 */
export function parseFieldPath(text: string): FieldPath | null {
  const segment =
    /\.?([A-Za-z][\w-]*)|(\[(?:[A-Za-z]\w*=)?"(?:[^"\\]|\\.)*"(?:,[A-Za-z]\w*="(?:[^"\\]|\\.)*")*\](?:#\d+)?)/y;
  const path: string[] = [];
  while (segment.lastIndex < text.length) {
    const start = segment.lastIndex;
    const match = segment.exec(text);
    if (match === null) return null;
    if ((start === 0) === match[0].startsWith(".")) {
      if (match[1] !== undefined) return null;
    }
    path.push(match[1] ?? match[2] ?? "");
  }
  return path;
}

/** True when `path` is `ancestor` itself or lies below it. */
export function isWithin(path: FieldPath, ancestor: FieldPath): boolean {
  return ancestor.length <= path.length && ancestor.every((segment, index) => segment === path[index]);
}
