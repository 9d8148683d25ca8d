import type { Divergence } from "../../model/divergence.ts";
import type { DesiredIngress, IngressObject } from "../../model/ingress.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import type { FileEditor } from "../../ports/file-editor.ts";
import type { Declaring } from "./sources-elsewhere.ts";

/** What it takes to look for a place and to try it. */
export interface Search extends Declaring {
  readonly desired: DesiredIngress;
  readonly liveObject: IngressObject;
  readonly live: LiveSnapshot;
  readonly chosen: readonly Divergence[];
  readonly editor: FileEditor;
  /** The one file to look into; null for all. */
  readonly file: string | null;
  readonly read: (path: string) => Promise<Buffer | null>;
}
