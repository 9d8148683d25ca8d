import { isJsonObject } from "../../../model/json.ts";
import { objectIn } from "./object-of.ts";

/**
 * Of what a tool printed, the documents that declare an Ingress, each with the comments of its own before it. The rest,
 * Secrets among it, is not kept.
 */
export function ingressDocuments(stdout: string): string {
  return printedDocuments(stdout)
    .flatMap(ingressesOf)
    .map((document) => `---\n${document.trim()}\n`)
    .join("");
}

export function printedDocuments(stdout: string): readonly string[] {
  return stdout.split(/^---(?:[ \t].*)?$/m);
}

/** One that cannot be read and looks like an Ingress is kept, so that it is said what is wrong with it. */
function ingressesOf(document: string): readonly string[] {
  if (!document.includes("Ingress")) return [];
  const object = objectIn(document);
  if (object === null) return /^kind:\s*["']?Ingress\b/m.test(document) ? [document] : [];
  if (object.kind === "Ingress" || object.kind === "IngressList") return [document];
  if (!Array.isArray(object.items)) return [];
  const comments = document.match(/^#.*$/gm) ?? [];
  return object.items
    .filter(isJsonObject)
    .filter(({ kind }) => kind === "Ingress")
    .map((item) => [...comments, JSON.stringify(item)].join("\n"));
}
