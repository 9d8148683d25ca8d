/** A path glob of Argo CD: `*` stays within a folder, `**` crosses folders, `?` and `[a-z]` are one character. */
export function matchGlob(glob: string): (path: string) => boolean {
  const pattern = new RegExp(`^${toPattern(glob)}$`, "s");
  return (path) => pattern.test(path);
}

/** As git matches a path: `*` and `?` cross folders too. Argo CD's git file generator does so unless it is told not to. */
export function matchGreedyGlob(glob: string): (path: string) => boolean {
  const greedy = toPattern(glob.replaceAll(/\*+/g, "**"))
    .replaceAll("(?:[^/]+/)*", ".*/")
    .replaceAll("[^/]", ".");
  const pattern = new RegExp(`^${greedy}$`, "s");
  return (path) => pattern.test(path);
}

function toPattern(glob: string): string {
  const parts = glob.replace(/^\.?\//, "").match(/\*\*\/?|\*|\?|\[[^\]]+\]|[^*?[]+|\[/g) ?? [];
  const pattern = parts.map((part) => {
    if (part === "**/") return "(?:[^/]+/)*";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    if (part.length > 2 && part.startsWith("[")) return part.replace(/^\[!/, "[^").replaceAll("\\", "\\\\");
    return part.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  });
  return pattern.join("");
}
