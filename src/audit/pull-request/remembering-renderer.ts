import { createHash } from "node:crypto";
import type { RenderedFile, Renderer, SourceFile } from "../../ports/renderer.ts";

/** Renders each version of a file once: a pull request's base and head have nearly all of them in common. */
export function rememberingRenderer(renderer: Renderer): Renderer {
  const known = new Map<string, RenderedFile>();
  return {
    render: (file) => {
      const key = keyOf(file);
      const rendered = known.get(key) ?? renderer.render(file);
      known.set(key, rendered);
      return rendered;
    },
  };
}

function keyOf({ path, content, defaultNamespace }: SourceFile): string {
  return JSON.stringify([path, defaultNamespace, createHash("sha256").update(content).digest("hex")]);
}
