import { createHash } from "node:crypto";
import type { SourceTree } from "../../../src/ports/source-renderer.ts";

/** The files of a commit, given by path and text. */
export function memoryTree(files: Readonly<Record<string, string | Buffer>>): SourceTree {
  const paths = Object.keys(files).sort();
  const contentOf = (path: string) => (Object.hasOwn(files, path) ? (files[path] ?? null) : null);
  return {
    blobOf: (path) => {
      const content = contentOf(path);
      return content === null ? null : createHash("sha1").update(content).digest("hex");
    },
    filesBelow: (folder) => (folder === "." ? paths : paths.filter((path) => path.startsWith(`${folder}/`))),
    read: async (path) => {
      const content = contentOf(path);
      return content === null ? null : Buffer.from(content);
    },
  };
}
