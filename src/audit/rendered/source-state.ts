import { createHash } from "node:crypto";
import type { RenderedSource } from "../../model/source.ts";
import type { SourceInputs, SourceRenderer, SourceTree } from "../../ports/source-renderer.ts";

/** What goes into one rendering of a source. Two with the same digest render to the same. */
export interface SourceState {
  readonly source: RenderedSource;
  readonly digest: string;
  readonly inputs: SourceInputs;
  readonly tree: SourceTree;
}

export async function sourceState(
  source: RenderedSource,
  renderer: SourceRenderer,
  tree: SourceTree,
): Promise<SourceState> {
  const inputs = await renderer.inputsOf(source, tree);
  const parts = [
    source,
    ...inputs.files.flatMap((file) => [file, tree.blobOf(file) ?? ""]),
    ...inputs.problems.flatMap(({ path, message }) => [path, message]),
  ];
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  return { source, inputs, tree, digest };
}
