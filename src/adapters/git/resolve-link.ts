import type { TreeEntry } from "./tree-entry.ts";

/** Where a link leads in the end. */
export type LinkEnd =
  | { readonly kind: "file"; readonly path: string; readonly blob: string }
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "nowhere"; readonly reason: string };

/** As many as Linux follows (ELOOP). */
const MAX_HOPS = 40;
const MAX_TARGET_LENGTH = 4096;

/**
 * Follow a symbolic link inside one snapshot, as the file system would: every component of the way may be a link.
 *
 * @param path    The link's own path.
 * @param entries Every path of the snapshot.
 * @param folders Every folder of the snapshot; "" is the root.
 */
export function resolveLink(
  path: string,
  entries: ReadonlyMap<string, TreeEntry>,
  folders: ReadonlySet<string>,
): LinkEnd {
  const open = path.split("/").reverse();
  const walked: string[] = [];
  let hops = 0;
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (walked.pop() === undefined) return nowhere("The link leads out of the repository");
      continue;
    }
    walked.push(part);
    const here = walked.join("/");
    const entry = entries.get(here);
    if (entry?.kind === "submodule") return nowhere("The link leads into a submodule");
    if (entry?.kind === "file" && open.length > 0) return nowhere("The link leads to nothing");
    if (entry === undefined && !folders.has(here)) return nowhere("The link leads to nothing");
    if (entry?.kind !== "link") continue;
    hops += 1;
    if (hops > MAX_HOPS) return nowhere("The link leads round in a circle");
    if (entry.target.startsWith("/")) return nowhere("The link leads out of the repository");
    if (entry.target === "" || entry.target.length > MAX_TARGET_LENGTH)
      return nowhere("The link leads to nothing");
    walked.pop();
    open.push(...entry.target.split("/").reverse());
  }
  const end = walked.join("/");
  const entry = entries.get(end);
  return entry?.kind === "file"
    ? { kind: "file", path: end, blob: entry.blob }
    : { kind: "folder", path: end };
}

function nowhere(reason: string): LinkEnd {
  return { kind: "nowhere", reason };
}
