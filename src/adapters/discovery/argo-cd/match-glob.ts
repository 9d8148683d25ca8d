/** A path glob of Argo CD: `*` stays within a folder, `**` crosses folders, `?` and `[a-z]` are one character. */
export function matchGlob(glob: string): (path: string) => boolean {
  const pattern = toRegExp(glob);
  return (path) => pattern.test(path);
}

function toRegExp(glob: string): RegExp {
  const parts = glob.replace(/^\.?\//, "").match(/\*\*\/?|\*|\?|\[[^\]]+\]|[^*?[]+|\[/g) ?? [];
  const pattern = parts.map((part) => {
    if (part === "**/") return "(?:[^/]+/)*";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    if (part.length > 2 && part.startsWith("[")) return part.replace(/^\[!/, "[^").replaceAll("\\", "\\\\");
    return part.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${pattern.join("")}$`, "s");
}
