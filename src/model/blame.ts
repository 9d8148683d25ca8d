import type { CommitDetails } from "./commit.ts";
import type { IngressId } from "./ingress.ts";
import type { Actor, Evidence } from "./verdict.ts";

/** Who is behind one line of a live Ingress. */
export type LineOrigin =
  /** The commit that gave the field its live value in Git. */
  | {
      readonly kind: "git";
      readonly commit: CommitDetails;
      readonly ref: string | null;
      readonly note: string | null;
    }
  /** Somebody or something that wrote to the cluster. */
  | { readonly kind: "cluster"; readonly actor: Actor; readonly evidence: Evidence; readonly note: string }
  | { readonly kind: "controller"; readonly rule: string; readonly note: string | null }
  /** The API server keeps this field itself. */
  | { readonly kind: "server" }
  | { readonly kind: "unknown"; readonly note: string }
  /** A line that only holds other fields together. */
  | { readonly kind: "structure" };

export interface BlameLine {
  readonly text: string;
  /** Formatted field path; empty for the whole object. */
  readonly field: string;
  readonly origin: LineOrigin;
}

export interface Blame {
  readonly id: IngressId;
  readonly lines: readonly BlameLine[];
}
