/**
 * Of what a tool printed, the documents that declare an Ingress, each with a comment of its own lines before it. The
 * rest, Secrets among it, is not kept.
 */
export function ingressDocuments(stdout: string): string {
  return stdout
    .split(/^---[ \t]*$/m)
    .filter((document) => /^kind:\s*["']?Ingress(?:List)?["']?\s*$/m.test(document))
    .map((document) => `---\n${document.trim()}\n`)
    .join("");
}
