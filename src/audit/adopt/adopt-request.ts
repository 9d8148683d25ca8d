import type { Divergence } from "../../model/divergence.ts";
import type { IngressId, Place } from "../../model/ingress.ts";
import type { RenderedSource } from "../../model/source.ts";
import type { FileEditor } from "../../ports/file-editor.ts";
import type { FileChange } from "../../ports/git-writer.ts";
import type { AdoptionView } from "../../report/adoption/adoption-view.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";

export interface AdoptRequest {
  readonly audit: AuditRequest;
  readonly id: IngressId;
  /** Field paths or patterns; empty for all that people caused. */
  readonly fields: readonly string[];
  /** The file to write to; null to find it. Repository-relative. */
  readonly file: string | null;
  /** Rendered sources of the configuration, those of other clusters included. */
  readonly configured: readonly RenderedSource[];
}

export interface AdoptPorts extends AuditPorts {
  readonly editor: FileEditor;
}

/** What it takes to let Git say what is live. */
export interface Adoption extends AdoptionView {
  /** The commit that the changes are made on. */
  readonly commit: string;
  readonly changes: readonly FileChange[];
}

/** What was changed for which divergences. */
export interface FoundChange {
  readonly contents: ReadonlyMap<string, Buffer | null>;
  readonly written: readonly { readonly divergence: Divergence; readonly place: Place }[];
}
