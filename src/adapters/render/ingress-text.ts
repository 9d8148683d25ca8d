import type { IngressId } from "../../model/ingress.ts";
import { isDnsLabel, isDnsSubdomain } from "./name-rules.ts";

/** The APIs' names tell where the kind is misspelt. */
const API = /networking\.k8s\.io\/v1|extensions\/v1beta1/;
/** In UTF-8 and in both kinds of UTF-16. */
const WORDS = [
  Buffer.from("Ingress"),
  Buffer.from("networking.k8s.io/v1"),
  Buffer.from("extensions/v1beta1"),
  Buffer.from("Ingress", "utf16le"),
  Buffer.from("Ingress", "utf16le").swap16(),
];
/** A kind that spells the word without its letters: in escapes, over a folded line, as base64. */
const HIDDEN_WORD = /kind["']?\s*:[^\n]{0,80}?(?:"[^"\n]{0,40}\\|!)/;

/** A test that costs next to nothing, for the many files that have nothing to do with Ingress. */
export function mentionsIngress(content: Buffer): boolean {
  if (WORDS.some((word) => content.includes(word))) return true;
  return (content.includes("\\") || content.includes("!")) && HIDDEN_WORD.test(content.toString("latin1"));
}

/** The same test for one document of a file. */
export function textMentionsIngress(text: string): boolean {
  return text.includes("Ingress") || API.test(text) || HIDDEN_WORD.test(text);
}

/**
 * Whether a document that cannot be parsed may declare an Ingress, told by its text. A `kind` at the left margin
 * decides; only where there is none may an indented one (of a List, or of JSON) count, beside an apiVersion.
 */
export function mayDeclareIngress(text: string): boolean {
  const kinds = [...text.matchAll(/^["']?kind["']?[ \t]*:?[ \t]*(.*)$/gm)].map((match) => match[1] ?? "");
  if (kinds.some((kind) => /^[^\w#]*Ingress(?:List)?\b(?!\.)/.test(kind) || kind.includes("{{"))) return true;
  const mayNest = kinds.every((kind) => /^\W*(?:List\b|$)/.test(kind));
  return mayNest && /\bkind\b\W{0,12}Ingress(?:List)?\b/.test(text) && text.includes("apiVersion");
}

/**
 * The identity of an object whose document cannot be parsed, where the text has exactly one, written out plainly.
 *
 * @returns null rather than a guess.
 */
export function identityInText(text: string, defaultNamespace: string | null): IngressId | null {
  const sections = [...text.matchAll(/^metadata:[ \t]*\n((?:[ \t]+.*\n|[ \t]*\n)*)/gm)];
  const kinds = text.match(/^kind:/gm) ?? [];
  if (sections.length !== 1 || kinds.length !== 1) return null;
  const lines = (sections[0]?.[1] ?? "").split("\n").filter((line) => line.trim() !== "");
  const indent = /^ +/.exec(lines[0] ?? "")?.[0];
  if (indent === undefined) return null;
  const name = plainValue(lines, `${indent}name:`);
  const namespace = plainValue(lines, `${indent}namespace:`) ?? defaultNamespace;
  if (name === undefined || name === null || namespace === null) return null;
  return isDnsSubdomain(name) && isDnsLabel(namespace) ? { namespace, name } : null;
}

/** undefined: no such line; the empty string: not written out plainly. */
function plainValue(lines: readonly string[], start: string): string | undefined {
  const found = lines.filter((line) => line.startsWith(start));
  if (found.length === 0) return undefined;
  if (found.length > 1) return "";
  return /^\s*(["']?)([a-z0-9.-]+)\1\s*(?:#.*)?$/.exec(found[0]?.slice(start.length) ?? "")?.[2] ?? "";
}
