/** What one path of a snapshot is, before links are followed. */
export type TreeEntry =
  | { readonly kind: "file"; readonly blob: string }
  | { readonly kind: "link"; readonly target: string }
  | { readonly kind: "submodule" };

/** A path that cannot be read, and why, as a sentence. */
export interface UnreadablePath {
  readonly path: string;
  readonly reason: string;
}
