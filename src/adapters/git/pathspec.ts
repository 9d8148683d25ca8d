/** The path that a pathspec names; null where it is a pattern, or means everything. */
export function literalPath(pathspec: string): string | null {
  const path = pathspec.replace(/^:\(literal\)/, "").replace(/\/+$/, "");
  return path === "" || path === "." || path.startsWith(":") ? null : path;
}

/** Longer lists would not fit on a command line, nor be any faster than to look at every path. */
const MAX_LENGTH = 60_000;

/** The pathspecs as arguments of git; none where they mean everything. A path that is no pattern is taken literally. */
export function pathspecArguments(pathspecs: readonly string[]): string[] {
  const isEverything =
    pathspecs.some((path) => ["", ".", "./"].includes(path)) || pathspecs.join(" ").length > MAX_LENGTH;
  if (isEverything) return [];
  return pathspecs.map((path) => (path.startsWith(":") ? path : `:(literal)${path}`));
}
