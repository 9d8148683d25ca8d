import type { RawPath } from "../../model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { formatRawPath } from "./format-raw-path.ts";
import type { Complaint, Finding } from "./problem-code.ts";

/** Marks that templates leave where a value should be: of Go and Jinja, of shells and Flux, of EJS. */
const MARK = /\{\{|\{%|\$\{|\$\(|<%/;
/** What only a Helm chart's template says. */
const HELM_ACTION =
  /\{\{-?\s*(?:(?:\.|\$\.)(?:Values|Release|Chart|Capabilities|Files|Template)\b|(?:include|tpl|template|toYaml)\s)/;

/**
 * Where a template's actions stand in a document that does not parse: the first of them outside comments.
 *
 * @param parses Whether a text is valid YAML: where the document is not even without its actions, and none of them is
 * Helm's, the actions (of a snippet, in quotes) are not what breaks it.
 * @returns An index into the text; null where the document is no template.
 */
export function templateMark(text: string, parses: (text: string) => boolean): number | null {
  const match = /^(?![ \t]*#).*?(\{\{|\{%)/m.exec(text);
  if (match === null) return null;
  return HELM_ACTION.test(text) || parses(withoutActions(text)) ? match.index + match[0].length - 2 : null;
}

function withoutActions(text: string): string {
  return text
    .replace(/^[ \t]*(?:\{\{(?:[^}]|\}(?!\}))*\}\}|\{%[^%]*%\})[ \t]*$/gm, "")
    .replace(/\{\{(?:[^}]|\}(?!\}))*\}\}|\{%[^%]*%\}/g, "x");
}

export function notRendered(where: string): Complaint {
  return {
    code: "not-rendered",
    level: "error",
    message: `${where} is a template that has not been rendered`,
    remedy: "Audit what the template renders to, or exclude the file from the sources.",
  };
}

/**
 * Templates in a document that is valid YAML all the same, as their actions stand in strings. In an annotation a
 * pair of braces may be meant (a snippet of configuration), so there only Helm's own words count.
 */
export function findTemplates(object: JsonObject): Finding[] {
  if (!holdsBraces(object)) return [];
  return leaves(object, [])
    .filter(({ text, path }) => (isAnnotation(path) ? HELM_ACTION : /\{\{/).test(text))
    .map(({ path }) => ({ path, ...notRendered(formatRawPath(path)) }));
}

/** A value that the API server refuses and that has a template's mark is not wrong: it has not been rendered. */
export function explainByTemplate(finding: Finding, object: JsonObject): Finding {
  const value = valueAt(object, finding.path);
  const isMarked = finding.code === "invalid-value" && typeof value === "string" && MARK.test(value);
  return isMarked ? { path: finding.path, ...notRendered(formatRawPath(finding.path)) } : finding;
}

function isAnnotation(path: RawPath): boolean {
  return path[0] === "metadata" && path[1] === "annotations" && path.length === 3;
}

/** Most objects have none, and their leaves need no paths. */
function holdsBraces(value: Json): boolean {
  if (typeof value === "string") return value.includes("{{");
  if (Array.isArray(value)) return value.some(holdsBraces);
  if (!isJsonObject(value)) return false;
  return Object.keys(value).some((key) => key.includes("{{") || holdsBraces(value[key] ?? null));
}

interface Leaf {
  readonly path: RawPath;
  readonly text: string;
}

function leaves(value: Json, path: RawPath): Leaf[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => leaves(item, [...path, index]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    ...(key.includes("{{") ? [{ path: [...path, key], text: key }] : []),
    ...leaves(item, [...path, key]),
  ]);
}

function valueAt(object: Json, path: RawPath): Json | undefined {
  return path.reduce<Json | undefined>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)];
    return isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }, object);
}
