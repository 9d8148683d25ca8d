import type { Divergence } from "../../model/divergence.ts";
import type { FileEditor } from "../../ports/file-editor.ts";
import type { SourceTree } from "../../ports/source-renderer.ts";
import type { AdoptRequest, FoundChange } from "./adopt-request.ts";
import { renderedWhole } from "./adoption-errors.ts";
import { changeManifest, removeManifest } from "./change-manifest.ts";
import { findChange } from "./find-change.ts";
import { newManifest } from "./new-manifest.ts";
import type { DriftedIngress } from "./read-candidates.ts";
import type { Search } from "./search.ts";
import type { Declaring } from "./sources-elsewhere.ts";

/** The change by the way that fits what declares the Ingress: nothing, a manifest, or what a tool renders. */
export async function changeFor(
  request: AdoptRequest,
  editor: FileEditor,
  { gathered, compared }: DriftedIngress,
  chosen: readonly Divergence[],
  declaring: Declaring,
  { read }: SourceTree,
): Promise<FoundChange> {
  const { id, desired, live } = compared;
  const [whole] = chosen;
  if (desired === null) {
    if (live === null || whole === undefined) throw new RangeError("Nothing was chosen");
    return newManifest(request, editor, live.object, whole, read);
  }
  const search: Search = {
    desired,
    liveObject: live?.object ?? {},
    live: gathered.live,
    chosen,
    ...declaring,
    editor,
    file: request.file,
    read,
  };
  const isPlain = desired.origin.renderer === "plain";
  if (chosen.some(({ field }) => field.length === 0)) {
    if (isPlain) return removeManifest(search);
    throw renderedWhole(id, desired.origin.path);
  }
  return isPlain ? changeManifest(search) : findChange(search);
}
