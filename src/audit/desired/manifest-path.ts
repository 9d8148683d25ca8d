const MANIFEST = /\.(?:ya?ml|json)$/i;
/** Other tools' files in the same formats: large, often changed, and never manifests. */
const NEVER =
  /(?:^|\/)(?:node_modules|\.git)\/|(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml)$/;

/** Whether a file may be a manifest, by its name. */
export function isManifestPath(path: string): boolean {
  return MANIFEST.test(path) && !NEVER.test(path);
}
